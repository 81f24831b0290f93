import IndexDesign
import Server

/// What a command found or did: the one value that screen, JSON and records are renderings of.
struct Report: Equatable, Sendable {
  /// The kind of result, the command's name as a rule.
  var kind: String
  /// Its parts, in the order in which they are read.
  var blocks: [Block] = []

  /// A part of a report. Each has a name that stays the same for machines.
  enum Block: Equatable, Sendable {
    /// Names and values about one thing.
    case fields(Fields)
    /// Rows of the same shape.
    case table(Table)
    /// Rows that the server gives while they are written.
    case rows(Rows)
    /// Rows that the server gave, held.
    case answer(Answer)
    /// A plan.
    case plan(PlanBlock)
    /// One complete SQL statement.
    case statement(name: String, title: String, sql: String)
    /// Lines that another program wrote, such as psql.
    case lines(name: String, text: String)
    /// A sentence.
    case note(Note)
  }

  /// Names and values about one thing.
  struct Fields: Equatable, Sendable {
    var name: String
    /// A heading; nil for none.
    var title: String?
    var values: [Field]
  }

  /// One name and its value.
  struct Field: Equatable, Sendable {
    var name: String
    var value: Cell
    /// A short remark behind the value; nil for none.
    var remark: String?
    /// Whether it is another one in each run, such as a process id: shown, never compared.
    var isVolatile: Bool

    init(_ name: String, _ value: Cell, remark: String? = nil, isVolatile: Bool = false) {
      self.name = name
      self.value = value
      self.remark = remark
      self.isVolatile = isVolatile
    }
  }

  /// Rows of the same shape.
  struct Table: Equatable, Sendable {
    var name: String
    var title: String?
    var columns: [Column]
    var rows: [[Cell]]
    /// What to say when there are no rows; nil for nothing.
    var whenEmpty: String?
  }

  /// The rows of a statement, which is sent when the report is written: so they are never all held.
  struct Rows: Equatable, Sendable {
    var name: String
    /// The statement as it was typed.
    var sql: String
  }

  /// The rows of a statement as they came.
  struct Answer: Equatable, Sendable {
    var name: String
    /// Empty for a statement that gives no rows, such as SET.
    var columns: [ServerRows.Column]
    /// The values in the server's own words; nil is NULL.
    var rows: [[String?]]
    /// What the server calls it: `SELECT 3`.
    var tag: String
  }

  /// A column of a table.
  struct Column: Equatable, Sendable {
    var name: String
    /// Whether its values are numbers, which stand to the right and are never cut.
    var isNumber: Bool
    /// Whether its values are others in each run, such as counters: shown, never compared.
    var isVolatile: Bool

    init(_ name: String, isNumber: Bool = false, isVolatile: Bool = false) {
      self.name = name
      self.isNumber = isNumber
      self.isVolatile = isVolatile
    }
  }

  /// A plan and what it is of.
  struct PlanBlock: Equatable, Sendable {
    var name: String
    var title: String
    var plan: ExecutionPlan
    /// What was planned, for pictures; nil when nothing is known of it.
    var statement: Statement?
    /// Whether other blocks say in words what matters of it, so that the screen leaves its tree away.
    var isToldInWords = false

    /// A statement and how it is called: `@1 with $1 = 42`.
    struct Statement: Equatable, Sendable {
      var title: String
      var sql: String
    }
  }

  /// A sentence and its weight.
  struct Note: Equatable, Sendable {
    enum Weight: String, Sendable { case information, good, warning, bad, hint }
    var weight: Weight
    var text: String
  }

  init(_ kind: String, _ blocks: [Block] = []) {
    self.kind = kind
    self.blocks = blocks
  }

  /// A report of one sentence.
  static func message(_ kind: String, _ text: String, _ weight: Note.Weight = .information) -> Report {
    Report(kind, [.note(Note(weight: weight, text: text))])
  }

  /// Adds a sentence at the end.
  mutating func note(_ weight: Note.Weight, _ text: String) {
    blocks.append(.note(Note(weight: weight, text: text)))
  }
}
