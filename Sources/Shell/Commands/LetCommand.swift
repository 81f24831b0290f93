import Reports

/// `let NAME = VALUE`
struct LetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "let", arguments: "NAME = VALUE", summary: "capture a value, to be used as :NAME",
    details: """
      VALUE is a number, 'text', cost @n, rows @n, size %n, name %n, change (the newest change of this session), or a \
      value of the result of the command before: PART.NAME or PART[ROW].COLUMN, as JSON names them, rows counted from \
      1, names with blanks in double quotes. Typed SQL gives a part called rows. Later commands use it as psql would: \
      :NAME as it is, :'NAME' as a literal, :"NAME" as an identifier.
      """,
    examples: ["let limit = 100"], group: .notebooks, effects: [.keepsInWorkspace, .captures])

  private let name: String
  private let operand: Operand
  private let place: Failure.Place

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    let word = arguments.name()
    guard let word, NotebookValues.isName(word.text) else {
      throw arguments.failure(
        word == nil
          ? "let needs a name" : "a name is made of letters, digits and _, and begins with a letter",
        at: word, hint: "usage: \(Self.declaration.synopsis)")
    }
    guard arguments.take(sign: "=") else {
      throw arguments.failure(
        "expected = behind the name", at: arguments.next, hint: "usage: \(Self.declaration.synopsis)")
    }
    let rest = arguments.rest
    place = Failure.Place(text: arguments.text, range: rest.range)
    name = word.text
    operand = try Operand(&arguments)
    try arguments.expectEnd(Self.declaration.synopsis)
  }

  var capture: (name: String, sample: String)? { (name, operand.sample) }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let value = try operand.value(in: workspace, at: place)
    workspace.capture(value.text, as: name)
    return Report("let", [.fields(.init(name: "value", title: nil, values: [.init(name, value.cell)]))])
  }
}

extension Operand.Value {
  fileprivate var cell: Cell {
    guard let number else { return .text(text) }
    return Int64(text).map { .integer($0) } ?? .number(number)
  }
}
