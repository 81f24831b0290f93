import IndexDesign
import Reports
import Server

/// A condition on the server: of a step, `[postgresql>=16]`, or of a whole notebook, behind `#: requires`.
struct NotebookGuard: Equatable, Sendable {
  /// What is asked.
  enum Subject: Equatable, Sendable {
    case aurora, standby, primary, production, sandbox
    /// PostgreSQL's version; nil for any.
    case postgresql(VersionBound?)
    /// An extension that hypo uses, and its version; nil for any.
    case hypopg(VersionBound?)
    case statStatements(VersionBound?)
  }

  /// A version and how it is compared.
  struct VersionBound: Equatable, Sendable {
    var comparison: Expectation.Comparison
    /// Its numbers, most significant first: 15.18 is 15 and 18.
    var version: [Int]
  }

  /// As it was written, without brackets.
  let text: String
  /// Whether the condition must not hold.
  let isNegated: Bool
  let subject: Subject

  private static let plain: [String: Subject] = [
    "aurora": .aurora, "standby": .standby, "reader": .standby, "primary": .primary, "writer": .primary,
    "production": .production, "sandbox": .sandbox,
  ]
  private static let versioned = ["postgresql", "hypopg", "pg_stat_statements"]

  /// Every word that a guard may be.
  static var words: [String] { plain.keys.sorted() + versioned }

  /// The names with versions, for messages.
  static let names =
    "aurora, standby, primary, production, sandbox, postgresql>=16, hypopg>=1.4, pg_stat_statements"

  /// Reads a condition.
  ///
  /// - Parameters:
  ///   - line: the line that it stands in, and `offset` where, in UTF-8 code units.
  /// - Throws: `Failure` at its place.
  init(_ text: String, in line: String, at offset: Int) throws(Failure) {
    self.text = text
    var rest = text.drop { $0 == " " }
    isNegated = rest.first == "!"
    if isNegated { rest = rest.dropFirst().drop { $0 == " " } }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }.lowercased()
    let bound = rest.dropFirst(name.count).filter { $0 != " " }
    let place = Failure.Place(text: line, range: offset..<offset + text.utf8.count)
    if let plain = Self.plain[name], bound.isEmpty {
      subject = plain
      return
    }
    guard Self.versioned.contains(name) else {
      let near = NearName.closest(to: name, among: Self.words)
      throw Failure(
        .script, Self.plain[name] == nil ? "unknown guard \"\(text)\"" : "\(name) has no version",
        hint: (near.map { $0 == name ? "" : "did you mean \"\($0)\"? " } ?? "")
          + "guards: \(Self.names); ! in front turns one round", place: place)
    }
    let version: VersionBound? = bound.isEmpty ? nil : try Self.bound(String(bound), name, place)
    switch name {
    case "postgresql": subject = .postgresql(version)
    case "hypopg": subject = .hypopg(version)
    default: subject = .statStatements(version)
    }
  }

  private static func bound(_ text: String, _ name: String, _ place: Failure.Place) throws(Failure)
    -> VersionBound
  {
    let sign = String(text.prefix { "<>=".contains($0) })
    let version = text.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard let comparison = Expectation.Comparison(rawValue: sign), !version.contains(nil) else {
      throw Failure(
        .script, "cannot read the version in \"\(name)\(text)\"",
        hint: "write \(name)>=\(name == "postgresql" ? "16" : "1.4")", place: place)
    }
    return VersionBound(comparison: comparison, version: version.compactMap { $0 })
  }

  /// Whether a step runs on the server that a session is connected to.
  func holds(in workspace: Workspace) throws -> Bool { try isMet(in: workspace) != isNegated }

  private func isMet(in workspace: Workspace) throws -> Bool {
    let facts = try workspace.connected().facts
    return switch subject {
    case .aurora: facts.isAurora
    case .standby: facts.isInRecovery
    case .primary: !facts.isInRecovery
    case .production: workspace.isOnProduction
    case .sandbox: workspace.targets.isOnSandbox
    case .postgresql(let bound): bound?.holds(facts.shortVersion) ?? true
    case .hypopg(let bound): facts.hypopg.map { bound?.holds($0.version) ?? true } ?? false
    case .statStatements(let bound): facts.statStatements.map { bound?.holds($0.version) ?? true } ?? false
    }
  }

  /// What is there in its place, for the message that a notebook's requirement is not met.
  func finding(in workspace: Workspace) throws -> String {
    let facts = try workspace.connected().facts
    return switch subject {
    case .aurora: facts.isAurora ? "this is Aurora" : "this is not Aurora"
    case .standby, .primary: "this is a \(facts.role)"
    case .production: workspace.isOnProduction ? "this is production" : "this is not production"
    case .sandbox: workspace.targets.isOnSandbox ? "this is the sandbox" : "this is not the sandbox"
    case .postgresql: "this is PostgreSQL \(facts.shortVersion)"
    case .hypopg: facts.hypopg.map { "HypoPG is \($0.version)" } ?? "HypoPG is not installed here"
    case .statStatements:
      facts.statStatements.map { "pg_stat_statements is \($0.version)" }
        ?? "pg_stat_statements is not installed here"
    }
  }
}

extension NotebookHeader {
  /// Sees that the server is what the notebook requires.
  ///
  /// - Throws: `Failure` with the first requirement that is not met, and what is there instead.
  func checkRequirements(of file: String, in workspace: Workspace) throws {
    for requirement in requirements where try !requirement.holds(in: workspace) {
      throw Failure(
        .script, "\(file) requires \(requirement.text), and \(try requirement.finding(in: workspace))",
        hint: "doctor says how to get what is missing; another TARGET may have it")
    }
  }
}

extension NotebookGuard.VersionBound {
  /// Compares as many numbers as the bound has: 15.18 is at least 15 and equal to it.
  func holds(_ version: String) -> Bool {
    let numbers =
      version.split { !$0.isNumber && $0 != "." }.first.map { $0.split(separator: ".").map { Int($0) ?? 0 } }
      ?? []
    for (index, wanted) in self.version.enumerated() {
      let found = index < numbers.count ? numbers[index] : 0
      if found != wanted { return comparison.holds(Double(found), Double(wanted)) && comparison != .equal }
    }
    return comparison.holds(0, 0)
  }
}
