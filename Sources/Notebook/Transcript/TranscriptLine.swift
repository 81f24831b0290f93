import IndexDesign
import Reports

/// One line of recorded output, read: what reports are put together from and what is compared.
///
/// Source: hypo-notebook(5), "Recorded output".
enum TranscriptLine: Equatable, Sendable {
  /// The kind of the report that begins: `hypo add`.
  case kind(String)
  /// The head of names and values: `design:`.
  case fields(name: String, title: String?)
  /// A name and its value: `state = "hypothetical"`.
  case field(Report.Field)
  /// The head of a table with its columns.
  case table(Table)
  /// A row of a table.
  case row([Cell])
  /// The head of rows that the server gave.
  case answer(name: String, columns: [Report.ServerColumn])
  /// A row of the server: `.missing`, `.flag` and `.value` only.
  case answerRow([Cell])
  /// What the server calls its answer: `tag "SELECT 2"`.
  case tag(String)
  /// The head of a plan.
  case plan(Plan)
  /// A step of a plan with what stands on its own line: no lists, conditions, extras or children.
  /// The root's depth is 0.
  indirect case step(PlanNode, depth: Int)
  /// A line below a step of that depth.
  case stepFact(StepFact, depth: Int)
  /// A planner setting of a plan.
  case setting(PlanSetting)
  /// Something else that was said of the whole plan.
  case fact(PlanFact)
  /// A complete SQL statement.
  case statement(name: String, title: String, sql: String)
  /// The head of lines of another program.
  case lines(name: String)
  /// One line of another program.
  case text(String)
  /// A sentence.
  case note(Report.Note)
  /// A failure; no SQLSTATE when it is not the server's.
  case error(sqlState: String?, message: String)
  /// More about the reason of a failure.
  case detail(String)
  /// What to do about a failure.
  case hint(String)
  /// `...`: any number of lines.
  case wildcard
  /// `~ REGEX`: one line that matches as a whole, its indentation aside.
  case pattern(String)

  /// What a table's head says.
  struct Table: Equatable, Sendable {
    var name: String
    var title: String?
    var whenEmpty: String?
    var columns: [Report.Column]
  }

  /// What a plan's head says.
  struct Plan: Equatable, Sendable {
    var name: String
    var title: String
    var isToldInWords = false
    var statement: Report.PlanBlock.Statement?
  }

  /// What is said of a step on a line of its own.
  enum StepFact: Equatable, Sendable {
    /// `Sort Key: […]`; never empty.
    case list(List, [String])
    /// ``Filter: `…` ``.
    case condition(PlanCondition)
    /// `Cache Key = "…"`, a JSON value.
    case extra(PlanFact)

    /// The name in front.
    var label: String {
      switch self {
      case .list(let list, _): list.rawValue
      case .condition(let condition): condition.label
      case .extra(let fact): fact.name
      }
    }
  }

  /// The lists of a step, by the names that EXPLAIN gives them.
  enum List: String, CaseIterable, Sendable {
    case output = "Output"
    case sortKeys = "Sort Key"
    case presortedKeys = "Presorted Key"
    case groupKeys = "Group Key"
  }
}

extension PlanNode {
  /// One of the lists of the step.
  subscript(_ list: TranscriptLine.List) -> [String] {
    get {
      switch list {
      case .output: output
      case .sortKeys: sortKeys
      case .presortedKeys: presortedKeys
      case .groupKeys: groupKeys
      }
    }
    set {
      switch list {
      case .output: output = newValue
      case .sortKeys: sortKeys = newValue
      case .presortedKeys: presortedKeys = newValue
      case .groupKeys: groupKeys = newValue
      }
    }
  }
}
