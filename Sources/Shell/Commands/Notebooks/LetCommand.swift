import Notebook
import Reports

/// `let NAME = VALUE`
struct LetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "let",
    form: Form(
      "NAME = VALUE",
      ["NAME": .valueName, "VALUE": .text("value", example: "100", hint: "a value is \(Operand.forms)")]),
    summary: "capture a value, to be used as :NAME",
    details: """
      VALUE is a number, 'text', cost @n, rows @n, size %n, name %n, change (the newest change of this session), or a \
      value of the result of the command before: PART.NAME or PART[ROW].COLUMN, as JSON names them, rows counted from \
      1, names with blanks in double quotes. Typed SQL gives a part called rows. Later commands use it as psql would: \
      :NAME as it is, :'NAME' as a literal, :"NAME" as an identifier.
      """,
    examples: [
      .init("let limit = 100", gives: .parts(["value"], showing: "100"))
    ], group: .notebooks, effects: [.keepsInWorkspace, .captures])

  private let name: String
  private let operand: Operand
  private let place: Failure.Place

  init(_ arguments: Arguments) throws(Failure) {
    name = try arguments.valueName()
    var value = arguments.reader(of: "VALUE")
    place = Failure.Place(text: arguments.text, range: value.rest.range)
    operand = try Operand(&value)
    try value.expectEnd(arguments.synopsis)
  }

  var capture: (name: String, sample: String)? { (name, operand.sample) }

  var usesOfPlans: RecordedUses.Plans { .named }

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

extension Placeholder {
  /// The name of a value.
  fileprivate static let valueName = Placeholder(noun: "name", extent: .name, example: "limit")
}

extension Arguments {
  fileprivate func valueName() throws(Failure) -> String {
    let word = try required("NAME")
    guard NotebookValues.isName(word.text) else {
      throw failure(
        "a name is made of letters, digits and _, and begins with a letter", at: word,
        hint: "usage: \(synopsis)")
    }
    return word.text
  }
}
