public import IndexDesign

/// What a command found or did: the one value that screen, JSON and records are renderings of.
public struct Report: Equatable, Sendable {
  /// The kind of result, the command's name as a rule.
  public var kind: String
  /// Its parts, in the order in which they are read.
  public var blocks: [Block] = []
  /// The designs that it is about without naming them; a file gets their definitions. What it says is without them, so
  /// that reports are equal that differ in this alone.
  public var designs: [DesignHandle] = []

  /// A part of a report. Each has a name that stays the same for machines.
  public enum Block: Equatable, Sendable {
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
  public struct Fields: Equatable, Sendable {
    /// The member of a report's object that they are.
    public var name: String
    /// A heading; nil for none.
    public var title: String?
    /// In the order in which they are read.
    public var values: [Field]

    /// Names and values with their heading.
    public init(name: String, title: String? = nil, values: [Field]) {
      self.name = name
      self.title = title
      self.values = values
    }
  }

  /// One name and its value.
  public struct Field: Equatable, Sendable {
    /// What the value is of.
    public var name: String
    /// What is known of it.
    public var value: Cell
    /// A short remark behind the value; nil for none.
    public var remark: String?
    /// Whether it is another one in each run, such as a process id: shown, never compared.
    public var isVolatile: Bool

    /// A name and its value.
    public init(_ name: String, _ value: Cell, remark: String? = nil, isVolatile: Bool = false) {
      self.name = name
      self.value = value
      self.remark = remark
      self.isVolatile = isVolatile
    }
  }

  /// Rows of the same shape.
  public struct Table: Equatable, Sendable {
    /// The member of a report's object that the rows are.
    public var name: String
    /// A heading; nil for none.
    public var title: String?
    /// From left to right.
    public var columns: [Column]
    /// From top to bottom, each with as many cells as there are columns.
    public var rows: [[Cell]]
    /// What to say when there are no rows; nil for nothing.
    public var whenEmpty: String?

    /// Rows with their columns.
    public init(
      name: String, title: String? = nil, columns: [Column], rows: [[Cell]], whenEmpty: String? = nil
    ) {
      self.name = name
      self.title = title
      self.columns = columns
      self.rows = rows
      self.whenEmpty = whenEmpty
    }
  }

  /// The rows of a statement, which is sent when the report is written: so they are never all held.
  public struct Rows: Equatable, Sendable {
    /// The member of a report's object that the rows are.
    public var name: String
    /// The statement as it was typed.
    public var sql: String

    /// The rows that a statement will give.
    public init(name: String, sql: String) {
      self.name = name
      self.sql = sql
    }
  }

  /// The rows of a statement as they came.
  public struct Answer: Equatable, Sendable {
    /// The member of a report's object that the rows are.
    public var name: String
    /// Empty for a statement that gives no rows, such as SET.
    public var columns: [ServerColumn]
    /// The values in the server's own words; nil is NULL.
    public var rows: [[String?]]
    /// What the server calls it: `SELECT 3`.
    public var tag: String

    /// The rows that a statement gave.
    public init(name: String, columns: [ServerColumn], rows: [[String?]], tag: String) {
      self.name = name
      self.columns = columns
      self.rows = rows
      self.tag = tag
    }
  }

  /// A column of rows that the server gave.
  public struct ServerColumn: Equatable, Sendable {
    /// The name as the server gives it.
    public var name: String
    /// How its values are to be read.
    public var kind: Kind

    /// A column as the server described it.
    public init(name: String, kind: Kind) {
      self.name = name
      self.kind = kind
    }

    /// How values of a column are to be read.
    public enum Kind: Sendable {
      /// A whole number of any size.
      case integer
      /// A number with a fraction.
      case number
      /// `t` or `f`.
      case boolean
      /// Everything else.
      case text
    }
  }

  /// A column of a table.
  public struct Column: Equatable, Sendable {
    /// What stands above its values.
    public var name: String
    /// Whether its values are numbers, which stand to the right and are never cut.
    public var isNumber: Bool
    /// Whether its values are others in each run, such as counters: shown, never compared.
    public var isVolatile: Bool

    /// A column of words that are compared, unless told otherwise.
    public init(_ name: String, isNumber: Bool = false, isVolatile: Bool = false) {
      self.name = name
      self.isNumber = isNumber
      self.isVolatile = isVolatile
    }
  }

  /// A plan and what it is of.
  public struct PlanBlock: Equatable, Sendable {
    /// The member of a report's object that the plan is.
    public var name: String
    /// A heading.
    public var title: String
    /// The plan.
    public var plan: ExecutionPlan
    /// What was planned, for pictures; nil when nothing is known of it.
    public var statement: Statement?
    /// Whether other blocks say in words what matters of it, so that the screen leaves its tree away.
    public var isToldInWords = false

    /// A plan with its heading.
    public init(
      name: String, title: String, plan: ExecutionPlan, statement: Statement? = nil,
      isToldInWords: Bool = false
    ) {
      self.name = name
      self.title = title
      self.plan = plan
      self.statement = statement
      self.isToldInWords = isToldInWords
    }

    /// A statement and how it is called: `@1 with $1 = 42`.
    public struct Statement: Equatable, Sendable {
      /// What it is called.
      public var title: String
      /// Its text.
      public var sql: String

      /// A statement with its name.
      public init(title: String, sql: String) {
        self.title = title
        self.sql = sql
      }
    }
  }

  /// A sentence and its weight.
  public struct Note: Equatable, Sendable {
    /// What a sentence means to whoever reads it.
    public enum Weight: String, Sendable { case information, good, warning, bad, hint }
    /// What it means.
    public var weight: Weight
    /// The sentence, without a label in front.
    public var text: String

    /// A sentence of a weight.
    public init(weight: Weight, text: String) {
      self.weight = weight
      self.text = text
    }
  }

  /// Whether both say the same.
  public static func == (left: Report, right: Report) -> Bool {
    left.kind == right.kind && left.blocks == right.blocks
  }

  /// A report of a kind.
  public init(_ kind: String, _ blocks: [Block] = []) {
    self.kind = kind
    self.blocks = blocks
  }

  /// A report of one sentence.
  public static func message(_ kind: String, _ text: String, _ weight: Note.Weight = .information) -> Report {
    Report(kind, [.note(Note(weight: weight, text: text))])
  }

  /// Adds a sentence at the end.
  public mutating func note(_ weight: Note.Weight, _ text: String) {
    blocks.append(.note(Note(weight: weight, text: text)))
  }
}
