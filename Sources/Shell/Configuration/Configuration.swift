import IndexDesign
import Reports
import Server

/// What the configuration file says: settings, and servers with a name.
struct Configuration: Equatable, Sendable {
  /// The settings that a session begins with.
  var settings = Settings()
  /// The named targets, in the file's order.
  var targets: [Target] = []

  /// The target of a name; nil when there is none.
  func target(_ name: String) -> Target? { targets.first { $0.name == name } }

  /// Where the targets' servers are, by the target's name: all hosts that it names. The sandbox has none.
  var places: [String: [ServerPlace]] {
    let known = targets.filter { $0.conninfo != "sandbox" }.map { target in
      (target.name, (try? ConnectionTarget(target.conninfo).places) ?? [])
    }
    return Dictionary(known) { first, _ in first }
  }

  /// The targets whose policies count for a session: the one that it was opened by, and all whose server it has
  /// reached under whatever name; production first, then the one it was opened by, then in the file's order.
  ///
  /// - Parameters:
  ///   - name: what the session was opened by; nil for no target.
  ///   - reached: where the server is that answered.
  ///   - places: where each target's server is, by the target's name.
  func targets(openedBy name: String?, reached: ServerPlace, places: [String: [ServerPlace]]) -> [Target] {
    let opened = name.flatMap(target)
    // The sandbox is hypo's own, whatever else listens on its port.
    let isSandbox = name == "sandbox" || opened?.conninfo == "sandbox"
    let fitting = targets.filter { target in
      target.name == name
        || (isSandbox
          ? target.conninfo == "sandbox" : (places[target.name] ?? []).contains(where: reached.isSame))
    }
    func rank(_ target: Target) -> Int { (target.isProduction ? 0 : 2) + (target.name == name ? 0 : 1) }
    return fitting.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }

  /// The question whether the nearest target was meant; nil when none is near.
  func nearest(to name: String) -> String? {
    NearName.closest(to: name, among: targets.map(\.name)).map { "did you mean the target \"\($0)\"?" }
  }

  /// A line that cannot be taken, with which nothing of the file counts.
  struct Problem: Error, Equatable {
    /// The file's path.
    var path: String
    /// The line, from 1; 0 when the file as a whole is meant.
    var line: Int
    /// What is wrong with it, and what to do next.
    var failure: Failure
  }
}
