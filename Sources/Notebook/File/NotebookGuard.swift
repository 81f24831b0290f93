import IndexDesign
import Reports

/// A condition on the server: of a step, `[postgresql>=16]`, or of a whole notebook, behind `#: requires`.
public struct NotebookGuard: Equatable, Sendable {
  /// What is asked.
  public enum Subject: Equatable, Sendable {
    case aurora, standby, primary, production, sandbox
    /// PostgreSQL's version; nil for any.
    case postgresql(VersionBound?)
    /// An extension that hypo uses, and its version; nil for any.
    case hypopg(VersionBound?)
    case statStatements(VersionBound?)
  }

  /// A version and how it is compared.
  public struct VersionBound: Equatable, Sendable {
    var comparison: Comparison
    /// Its numbers, most significant first: 15.18 is 15 and 18.
    var version: [Int]
  }

  /// As it was written, without brackets.
  public let text: String
  /// Whether the condition must not hold.
  public let isNegated: Bool
  /// What the condition is about.
  public let subject: Subject

  private static let plain: [String: Subject] = [
    "aurora": .aurora, "standby": .standby, "reader": .standby, "primary": .primary, "writer": .primary,
    "production": .production, "sandbox": .sandbox,
  ]
  private static let versioned = ["postgresql", "hypopg", "pg_stat_statements"]

  /// Every word that a guard may be.
  public static var words: [String] { plain.keys.sorted() + versioned }

  /// The names with versions, for messages.
  public static let names =
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
    guard let comparison = Comparison(rawValue: sign), !version.contains(nil) else {
      throw Failure(
        .script, "cannot read the version in \"\(name)\(text)\"",
        hint: "write \(name)>=\(name == "postgresql" ? "16" : "1.4")", place: place)
    }
    return VersionBound(comparison: comparison, version: version.compactMap { $0 })
  }
}

extension NotebookGuard.VersionBound {
  /// Compares as many numbers as the bound has: 15.18 is at least 15 and equal to it.
  public func holds(_ version: String) -> Bool {
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
