import IndexDesign
import Reports

extension TranscriptText {
  /// Writes a typed value.
  mutating func write(_ cell: Cell) {
    switch cell {
    case .missing: write("-")
    case .text(let text): write(quoted: text)
    case .identifier(let name):
      if TranscriptWord.isIdentifier(name) { write(name) } else { write("id", name) }
    case .sql(let sql): write(sql: sql)
    case .integer(let value): write(String(value))
    case .number(let value): write(TranscriptNumber.text(value, isWholeMarked: true))
    case .cost(let cost): write(TranscriptNumber.text(cost.units) + "cost")
    case .rows(let rows): write(TranscriptNumber.text(rows) + "rows")
    case .bytes(let count): write("\(count)B")
    case .milliseconds(let value): write(TranscriptNumber.text(value) + "ms")
    case .share(let value): write(TranscriptNumber.percent(value) + "%")
    case .handle(let handle): write(handle: handle)
    case .outcome(let outcome): write("[\(outcome.rawValue)]")
    case .boolean(let value): write(value ? "yes" : "no")
    case .timestamp(let time):
      if TranscriptWord.isTimestamp(time) { write(time) } else { write("time", time) }
    case .flag(let value): write("flag", value ? "t" : "f")
    case .value(let text, let isNumber): write(isNumber ? "digits" : "value", text)
    }
  }

  /// Writes a value of a row of the server, whose kind its column tells.
  mutating func write(answer cell: Cell) {
    switch cell {
    case .flag(let value): write(value ? "t" : "f")
    case .value(let text, isNumber: true) where TranscriptWord.isServerNumber(text): write(text)
    case .value(let text, _): write(quoted: text)
    default: write(cell)
    }
  }

  /// Writes a name: bare where it is a plain word, else in double quotes.
  mutating func write(name: String) {
    if TranscriptWord.isName(name) { write(name) } else { write(quoted: name) }
  }

  /// Writes a label of EXPLAIN: bare where it is made of plain words, else in double quotes.
  mutating func write(label: String) {
    if TranscriptWord.isLabel(label) { write(label) } else { write(quoted: label) }
  }

  private mutating func write(handle: String) {
    if TranscriptWord.isHandle(handle) {
      write(handle)
    } else if let number = TranscriptWord.changeNumber(handle) {
      write("change:\(number)")
    } else {
      write("handle", handle)
    }
  }

  private mutating func write(_ type: String, _ text: String) {
    write(type)
    write(quoted: text)
  }

  /// Writes a JSON string.
  mutating func write(quoted text: String) { append(text, mark: UInt8(ascii: "\"")) }

  /// Writes SQL between back ticks, with JSON's escapes and one for the back tick.
  mutating func write(sql: String) { append(sql, mark: UInt8(ascii: "`")) }

  /// Writes a JSON value on one line.
  mutating func write(_ value: JSONValue) {
    var json = JSONWriter(.reviewed)
    json.write(value)
    append(json.bytes)
  }

  /// Writes parts with a comma between them.
  mutating func list<Part>(
    _ parts: [Part], _ open: String, _ close: String, _ one: (inout TranscriptText, Part) -> Void
  ) {
    write(open)
    for (index, part) in parts.enumerated() {
      if index > 0 { write(", ") }
      one(&self, part)
    }
    write(close)
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .number(let number): self.number(verbatim: TranscriptNumber.json(number.double))
    case .string(let text): string(text)
    case .array(let elements): array(elements) { $0.write($1) }
    case .object(let members):
      object { json in
        for member in members {
          json.name(member.name)
          json.write(member.value)
        }
      }
    }
  }
}
