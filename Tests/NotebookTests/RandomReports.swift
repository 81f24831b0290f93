import IndexDesign
import Reports

@testable import Notebook

/// Reports of all kinds from a seed: the same ones in each run.
struct RandomReports {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  private mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  private mutating func below(_ count: Int) -> Int { Int(bits() % UInt64(count)) }

  private mutating func chance() -> Bool { below(2) == 0 }

  private mutating func maybe<Value>(_ make: (inout RandomReports) -> Value) -> Value? {
    chance() ? make(&self) : nil
  }

  private mutating func several<Value>(_ most: Int, _ make: (inout RandomReports) -> Value) -> [Value] {
    (0..<below(most + 1)).map { _ in make(&self) }
  }

  private static let pieces = [
    "a", "orders", "Index Cond", " ", "  ", "\"", "\\", "`", "\n", "\r", "\r\n", "\t", "\u{1}", "\u{7F}",
    "\u{85}", "\u{2028}", "\u{202E}", "\u{FEFF}", "é", "e\u{301}", "\u{301}", "🦩", "👩‍👩‍👧", "שלום", "-", "...",
    "~", "#", "%1", "@2", "$1", "1", ".", ":", " = ", "->", "yes", "no", "()", "note", "plan", "tag", "?",
    "{", "}", "[", "]", "t", "f", "NaN", "1e5",
  ]

  /// A text that a careless form would not get back.
  mutating func text() -> String {
    (0..<below(5)).map { _ in Self.pieces[below(Self.pieces.count)] }.joined()
  }

  private mutating func double() -> Double {
    let odd = [
      0, -0.0, 1, 0.1, 1e300, -1e-300, .leastNonzeroMagnitude, 0x1p53, 0x1p53 + 2, 0x1p63, 1.0 / 3, .infinity,
      -.infinity,
      1e15, 1e16,
      123456.789, .greatestFiniteMagnitude, .leastNormalMagnitude, 0.0001, 0.00001,
    ]
    switch below(3) {
    case 0: return odd[below(odd.count)]
    case 1: return Double(below(1_000_000)) / 100
    default:
      let value = Double(bitPattern: bits())
      return value.isNaN ? 0 : value
    }
  }

  private mutating func integer() -> Int64 {
    chance() ? Int64(below(1000)) : Int64(bitPattern: bits())
  }

  /// A value of any type.
  mutating func cell() -> Cell {
    let outcomes = Finding.Outcome.allCases
    let handles = ["@1", "@slow", "%12", "change 7", "change:7", "@", "7"]
    let times = ["2026-11-26T09:50:00.000000Z", "2026-11-26T09:50:00Z", "now"]
    switch below(16) {
    case 0: return .missing
    case 1: return .text(text())
    case 2: return .identifier(text())
    case 3: return .sql(text())
    case 4: return .integer(integer())
    case 5: return .number(double())
    case 6: return .cost(.init(double()))
    case 7: return .rows(double())
    case 8: return .bytes(integer())
    case 9: return .milliseconds(double())
    case 10: return .share(double())
    case 11: return .handle(chance() ? text() : handles[below(handles.count)])
    case 12: return .outcome(outcomes[below(outcomes.count)])
    case 13: return .boolean(chance())
    case 14: return .timestamp(chance() ? text() : times[below(times.count)])
    default: return chance() ? .flag(chance()) : .value(text(), isNumber: chance())
    }
  }

  private mutating func json(_ depth: Int = 0) -> JSONValue {
    switch below(depth > 3 ? 4 : 6) {
    case 0: .null
    case 1: .bool(chance())
    case 2: JSONNumber(double()).map { .number($0) } ?? .null
    case 3: .string(text())
    case 4: .array(several(3) { $0.json(depth + 1) })
    default: .object(several(3) { (name: $0.text(), value: $0.json(depth + 1)) })
    }
  }

  private mutating func node(_ depth: Int = 0) -> PlanNode {
    var node = PlanNode(nodeType: text())
    node.startupCost = .init(double())
    node.totalCost = .init(double())
    node.planRows = double()
    node.planWidth = Int(integer())
    for property in StepProperty.allCases { node[property] = maybe { $0.text() } }
    node.index = maybe { $0.chance() ? .real($0.text()) : .design(.init(Int($0.integer()))) }
    node.isParallelAware = chance()
    node.isAsyncCapable = chance()
    for list in TranscriptLine.List.allCases { node[list] = several(3) { $0.text() } }
    node.conditions = several(3) { .init(label: $0.text(), text: $0.text()) }
    node.plannedWorkers = maybe { Int($0.integer()) }
    node.subplansRemoved = maybe { Int($0.integer()) }
    node.extras = several(3) { .init(name: $0.text(), value: $0.json()) }
    node.children = depth > 3 ? [] : several(2) { $0.node(depth + 1) }
    return node
  }

  private mutating func answer() -> Report.Answer {
    let kinds: [Report.ServerColumn.Kind] = [.integer, .number, .boolean, .text]
    let words = ["t", "f", "-", "1", "-1.5", "NaN", "", "1e+20"]
    let columns = several(4) { Report.ServerColumn(name: $0.text(), kind: kinds[$0.below(4)]) }
    let rows = several(4) { made in
      columns.map { _ in made.maybe { $0.chance() ? words[$0.below(words.count)] : $0.text() } }
    }
    return .init(name: text(), columns: columns, rows: rows, tag: text())
  }

  private mutating func block() -> Report.Block {
    let weights: [Report.Note.Weight] = [.information, .good, .warning, .bad, .hint]
    switch below(7) {
    case 0:
      let values = several(5) {
        Report.Field($0.text(), $0.cell(), remark: $0.maybe { $0.text() }, isVolatile: $0.chance())
      }
      return .fields(.init(name: text(), title: maybe { $0.text() }, values: values))
    case 1:
      let columns = several(5) { Report.Column($0.text(), isNumber: $0.chance(), isVolatile: $0.chance()) }
      let rows = several(5) { made in columns.map { _ in made.cell() } }
      return .table(
        .init(
          name: text(), title: maybe { $0.text() }, columns: columns, rows: rows,
          whenEmpty: maybe { $0.text() }))
    case 2: return .answer(answer())
    case 3:
      let settings = several(3) { PlanSetting(name: $0.text(), value: $0.text()) }
      let plan = ExecutionPlan(
        root: node(), settings: settings, extras: several(3) { .init(name: $0.text(), value: $0.json()) })
      return .plan(
        .init(
          name: text(), title: text(), plan: plan,
          statement: maybe { .init(title: $0.text(), sql: $0.text()) },
          isToldInWords: chance()))
    case 4: return .statement(name: text(), title: text(), sql: text())
    case 5: return .lines(name: text(), text: text() + (chance() ? "\n" + text() : ""))
    default: return .note(.init(weight: weights[below(5)], text: text()))
    }
  }

  /// A report, or now and then a failure.
  mutating func result() -> TranscribedResult {
    guard below(8) > 0 else {
      return .failure(
        .init(
          sqlState: maybe { $0.chance() ? "42P01" : $0.text() }, message: text(), detail: maybe { $0.text() },
          hint: maybe { $0.text() }))
    }
    return .report(Report(text(), several(4) { $0.block() }))
  }
}
