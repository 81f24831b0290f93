import IndexDesign
import Reports

/// The lines of a step's record, each with what it belongs to.
struct TranscriptOutline {
  /// What a line belongs to.
  struct Place {
    /// The index of the head that it belongs to; nil for lines of their own and behind wildcards.
    var head: Int?
    /// Its number among the rows, steps or lines of its block, from 1; 0 when it has none.
    var number = 0
    /// The index of the step that a fact belongs to.
    var step: Int?
  }

  /// The lines.
  let lines: [TranscriptLine]
  /// What each belongs to.
  private(set) var places: [Place] = []
  /// The names of blocks by the index of their head; empty for all other lines.
  private var names: [String] = []

  init(_ lines: [TranscriptLine]) {
    self.lines = lines
    places.reserveCapacity(lines.count)
    names.reserveCapacity(lines.count)
    var head: Int?
    var step: Int?
    var number = 0
    for (index, line) in lines.enumerated() {
      var place = Place()
      switch line {
      case .kind, .statement, .note, .wildcard, .pattern: (head, step) = (nil, nil)
      case .fields, .table, .answer, .plan, .lines, .error: (head, step, number) = (index, nil, 0)
      case .row, .answerRow, .text, .step:
        number += 1
        place.head = head
        place.number = head == nil ? 0 : number
        if case .step = line { step = index }
      case .field, .tag, .stepFact, .setting, .fact, .detail, .hint:
        place.head = head
        place.step = step
      }
      places.append(place)
      names.append(line.blockName ?? "")
    }
  }

  /// The head that a line belongs to; nil when nothing is known of it.
  func head(of place: Int) -> TranscriptLine? { places[place].head.map { lines[$0] } }

  /// The name of the block that a line begins or belongs to; nil when nothing is known of it.
  func block(of place: Int) -> String? {
    let name = names[places[place].head ?? place]
    return name.isEmpty ? nil : name
  }

  /// Where a line is, in words.
  func path(of place: Int) -> String {
    let block = block(of: place).map { Self.written($0) }
    switch lines[place] {
    case .kind: return "report"
    case .field(let field): return [block, Self.written(field.name)].joined(": ")
    case .row, .answerRow: return [block, "row", number(place)].joined(" ")
    case .text: return [block, "line", number(place)].joined(" ")
    case .tag: return [block, "tag"].joined(": ")
    case .step(let node, _): return [block, "step", number(place), node.nodeType].joined(" ")
    case .stepFact(let fact, _): return [places[place].step.map { path(of: $0) }, fact.label].joined(": ")
    case .setting(let setting): return [block, setting.name].joined(": ")
    case .fact(let fact): return [block, fact.name].joined(": ")
    case .note(let note): return "note \(note.weight.rawValue)"
    case .error: return "error"
    case .detail: return "error: detail"
    case .hint: return "error: hint"
    case .pattern, .wildcard: return "pattern"
    case .fields, .table, .answer, .plan, .lines, .statement: return block ?? ""
    }
  }

  private func number(_ place: Int) -> String? {
    places[place].number == 0 ? nil : String(places[place].number)
  }

  private static func written(_ name: String) -> String {
    var text = TranscriptText()
    text.write(name: name)
    return text.string
  }
}

extension TranscriptLine {
  /// The name of the block that begins here; nil for all other lines.
  var blockName: String? {
    switch self {
    case .fields(let name, _), .answer(let name, _), .lines(let name), .statement(let name, _, _): name
    case .table(let table): table.name
    case .plan(let plan): plan.name
    default: nil
    }
  }
}

extension [String?] {
  fileprivate func joined(_ separator: String) -> String { compactMap(\.self).joined(separator: separator) }
}
