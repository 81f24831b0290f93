import IndexDesign

/// What the configuration file says: settings, and servers with a name.
struct Configuration: Equatable, Sendable {
  /// The settings that a sitting begins with.
  var settings = Settings()
  /// The named targets, in the file's order.
  var targets: [Target] = []

  /// The target of a name; nil when there is none.
  func target(_ name: String) -> Target? { targets.first { $0.name == name } }

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
