import IndexDesign

/// What `set` changes: how this sitting shows things.
struct Settings: Equatable {
  /// The forms that a report can be written in.
  enum Format: String, CaseIterable { case aligned, json }

  /// The form of results.
  var format = Format.aligned
  /// Whether each command tells how long it took.
  var timing = false
  /// Whether rows are shown as records, a line a value.
  var expanded = false
  /// Whether questions are answered with yes: for scripts.
  var yes = false

  /// A setting for `set` and `show`: its name, allowed values, what it is for, and access.
  struct Entry: Sendable {
    var name: String
    var values: [String]
    var summary: String
    var get: @Sendable (Settings) -> String
    var set: @Sendable (inout Settings, String) -> Void
  }

  /// All settings, by name.
  static let entries: [Entry] = [
    Entry(
      name: "expanded", values: ["on", "off"], summary: "rows as records, a line a value",
      get: { $0.expanded ? "on" : "off" }, set: { $0.expanded = $1 == "on" }),
    Entry(
      name: "format", values: Format.allCases.map(\.rawValue), summary: "the form of results",
      get: { $0.format.rawValue }, set: { $0.format = Format(rawValue: $1) ?? .aligned }),
    Entry(
      name: "timing", values: ["on", "off"], summary: "the time of each command",
      get: { $0.timing ? "on" : "off" }, set: { $0.timing = $1 == "on" }),
  ]

  /// The setting of a name.
  ///
  /// - Throws: `Failure` with the nearest name.
  static func entry(_ word: ArgumentReader.Word, in reader: ArgumentReader) throws(Failure) -> Entry {
    if let entry = entries.first(where: { $0.name == word.lowercased }) { return entry }
    let near = NearName.closest(to: word.lowercased, among: entries.map(\.name))
    throw reader.failure(
      "unknown setting \"\(word.text)\"", at: word,
      hint: near.map { "did you mean \"\($0)\"?" }
        ?? "settings: \(entries.map(\.name).joined(separator: ", ")); the server's settings are SQL: end with ;"
    )
  }
}
