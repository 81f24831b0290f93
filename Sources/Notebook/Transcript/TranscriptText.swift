import IndexDesign
import Reports

/// A line of the transcript form in the making: bytes, because thousands of lines are written in a replay.
struct TranscriptText {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(160) }

  /// What has been written.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Writes UTF-8 as it is.
  mutating func append(_ text: [UInt8]) { bytes.append(contentsOf: text) }

  /// Writes text between two marks, whatever nobody would see in it escaped.
  mutating func append(_ text: String, mark: UInt8) {
    JSONWriter.append(text, to: &bytes, style: .reviewed, mark: mark)
  }

  /// Writes text as it is.
  mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes a whole line, its indentation included.
  mutating func write(_ line: TranscriptLine) {
    switch line {
    case .kind(let kind): if TranscriptWord.isKind(kind) { write(kind) } else { write(quoted: kind) }
    case .fields(let name, let title): write(head: name, title)
    case .table(let table): write(table)
    case .answer(let name, let columns): write(answer: name, columns)
    case .plan(let plan): write(plan)
    case .statement(let name, let title, let sql):
      write("statement ")
      write(name: name)
      write(" ")
      write(quoted: title)
      write(" ")
      write(sql: sql)
    case .lines(let name):
      write("lines ")
      write(name: name)
      write(":")
    case .note(let note): write("note \(note.weight.rawValue) ", quoted: note.text)
    case .tag(let tag): write("tag ", quoted: tag)
    case .error(let sqlState, let message):
      write("error ")
      if let sqlState { write(code: sqlState) } else { write("-") }
      write(" ", quoted: message)
    case .wildcard: write("...")
    case .pattern(let pattern): write("~ \(pattern)")
    default: write(indented: line)
    }
  }

  /// Lines that belong to the head above them.
  private mutating func write(indented line: TranscriptLine) {
    switch line {
    case .step(_, let depth): indent(depth + 1)
    case .stepFact(_, let depth): indent(depth + 2)
    default: indent(1)
    }
    switch line {
    case .field(let field): write(field)
    case .row(let cells): write(cells) { $0.write($1) }
    case .answerRow(let cells): write(cells) { $0.write(answer: $1) }
    case .step(let node, let depth):
      if depth > 0 { write("-> ") }
      write(node)
    case .stepFact(let fact, _): write(fact)
    case .setting(let setting):
      write("setting ")
      write(name: setting.name)
      write(" = ", quoted: setting.value)
    case .fact(let fact):
      write("fact ")
      write(label: fact.name)
      write(" = ")
      write(fact.value)
    case .text(let text): write(quoted: text)
    case .detail(let text): write("detail ", quoted: text)
    case .hint(let text): write("hint ", quoted: text)
    default: break
    }
  }

  private mutating func indent(_ levels: Int) {
    for _ in 0..<levels * 2 { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func write(_ text: String, quoted string: String) {
    write(text)
    write(quoted: string)
  }

  private mutating func write(head name: String, _ title: String?, whenEmpty: String? = nil) {
    if TranscriptWord.isKeyword(name) { write(quoted: name) } else { write(name: name) }
    if let title { write(" ", quoted: title) }
    if let whenEmpty { write(" empty ", quoted: whenEmpty) }
    write(":")
  }

  private mutating func write(_ table: TranscriptLine.Table) {
    write(head: table.name, table.title, whenEmpty: table.whenEmpty)
    write(" ")
    write(table.columns) { text, column in
      text.write(name: column.name)
      if column.isVolatile { text.write("~") }
      if column.isNumber { text.write("#") }
    }
  }

  private mutating func write(answer name: String, _ columns: [Report.ServerColumn]) {
    write("answer ")
    write(name: name)
    write(": ")
    write(columns) { text, column in
      text.write(name: column.name)
      text.write(":\(column.kind.recordWord)")
    }
  }

  /// Two spaces between parts; `()` for none.
  private mutating func write<Part>(_ parts: [Part], _ one: (inout TranscriptText, Part) -> Void) {
    guard !parts.isEmpty else { return write("()") }
    for (index, part) in parts.enumerated() {
      if index > 0 { write("  ") }
      one(&self, part)
    }
  }

  private mutating func write(_ field: Report.Field) {
    write(name: field.name)
    if field.isVolatile { write("~") }
    write(" = ")
    write(field.value)
    if let remark = field.remark { write("  # ", quoted: remark) }
  }

  private mutating func write(code: String) {
    if TranscriptWord.isSQLState(code) { write(code) } else { write(quoted: code) }
  }
}

extension Report.ServerColumn.Kind {
  /// The word behind a column's name.
  var recordWord: String {
    switch self {
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .text: "text"
    }
  }
}
