import IndexDesign
import Notebook
import Reports
import Server

/// What `set` and the configuration change: how this session shows things.
struct Settings: Equatable {
  /// The forms that a report can be written in.
  enum Format: String, CaseIterable {
    case aligned, expanded, json, csv, markdown, html

    /// Whether it is laid out for a screen.
    var isForPeople: Bool { self == .aligned || self == .expanded }
  }

  /// When rows are shown as records.
  enum Expanded: String, CaseIterable {
    case on, off
    /// When a row does not fit the screen.
    case auto
  }

  /// The form of results.
  var format = Format.aligned
  /// Whether each command tells how long it took.
  var timing = false
  /// When rows are shown as records, a line a value.
  var expanded = Expanded.auto
  /// Whether the record of a change keeps the constants of its query, which may be a person's data.
  var keepsLiterals = false
  /// What to do when planning can run functions of which nobody knows what they do.
  var planFunctions = PlannedFunctionRule.warn
  /// What shows results that are longer than the screen: `on` for `PAGER` or less, `off`, or a command.
  var pager = "on"
  /// What stands before the line that is typed.
  var prompt = PromptTemplate.standard
  /// Whether questions are answered with yes: for scripts. Never a setting with a name: a file that was forgotten
  /// must not confirm a change.
  var yes = false

  /// A setting for `set`, `show`, the configuration and completion. A new one is one entry in `entries`.
  struct Entry: Sendable {
    /// What it is set by.
    var name: String
    /// Which values it takes.
    var kind: SettingKind
    /// One line, without a full stop.
    var summary: String
    /// The value as it is typed.
    var get: @Sendable (Settings) -> String
    /// Takes a value that `kind` has read.
    var set: @Sendable (inout Settings, String) -> Void

    /// A setting of any kind.
    init(
      name: String, kind: SettingKind, summary: String, get: @escaping @Sendable (Settings) -> String,
      set: @escaping @Sendable (inout Settings, String) -> Void
    ) {
      (self.name, self.kind, self.summary, self.get, self.set) = (name, kind, summary, get, set)
    }

    /// A setting that takes one of a few words.
    init(
      name: String, values: [String], summary: String, get: @escaping @Sendable (Settings) -> String,
      set: @escaping @Sendable (inout Settings, String) -> Void
    ) {
      self.init(name: name, kind: .choice(values), summary: summary, get: get, set: set)
    }

    /// The words that it takes, for completion; empty when they cannot be listed.
    var values: [String] { kind.values }
  }

  /// All settings, by name.
  static let entries: [Entry] = [
    Entry(
      name: "expanded", values: Expanded.allCases.map(\.rawValue), summary: "rows as records, a line a value",
      get: { $0.expanded.rawValue }, set: { $0.expanded = Expanded(rawValue: $1) ?? .auto }),
    Entry(
      name: "format", values: Format.allCases.map(\.rawValue), summary: "the form of results",
      get: { $0.format.rawValue }, set: { $0.format = Format(rawValue: $1) ?? .aligned }),
    Entry(
      name: "keep_literals", values: ["on", "off"],
      summary: "the ledger keeps the constants of a change's query",
      get: { $0.keepsLiterals ? "on" : "off" }, set: { $0.keepsLiterals = $1 == "on" }),
    Entry(
      name: "pager", kind: .text(check: { _ in nil }),
      summary: "what shows long results: on, off or a command",
      get: { $0.pager }, set: { $0.pager = $1 }),
    Entry(
      name: "plan_functions", values: PlannedFunctionRule.allCases.map(\.rawValue),
      summary: "what to do when planning can run functions that hypo cannot vouch for",
      get: { $0.planFunctions.rawValue },
      set: { $0.planFunctions = PlannedFunctionRule(rawValue: $1) ?? .warn }),
    Entry(
      name: "prompt", kind: .text(check: PromptTemplate.problem),
      summary: "what comes before the line that is typed", get: { $0.prompt.text },
      set: { if let template = try? PromptTemplate($1) { $0.prompt = template } }),
    Entry(
      name: "timing", values: ["on", "off"], summary: "the time of each command",
      get: { $0.timing ? "on" : "off" }, set: { $0.timing = $1 == "on" }),
  ]

  /// The setting of a name.
  ///
  /// - Throws: `Failure` with the nearest name.
  static func entry(_ word: ArgumentReader.Word, in reader: ArgumentReader) throws(Failure) -> Entry {
    if let entry = entry(word.lowercased) { return entry }
    throw reader.failure(
      "unknown setting \"\(word.text)\"", at: word,
      hint: nearest(to: word.text)
        ?? "settings: \(entries.map(\.name).joined(separator: ", ")); the server's settings are SQL: end with ;"
    )
  }

  /// The setting of a name in lower case; nil when there is none.
  static func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

  /// The question whether the nearest name was meant; nil when none is near.
  static func nearest(to name: String) -> String? {
    NearName.closest(to: name.lowercased(), among: entries.map(\.name)).map { "did you mean \"\($0)\"?" }
  }
}
