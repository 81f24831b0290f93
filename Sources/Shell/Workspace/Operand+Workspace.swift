import IndexDesign
import Notebook
import Reports
import Server

extension Operand {
  /// The value now; plans are asked for anew.
  func value(in workspace: Workspace, at place: Failure.Place?) throws -> Value {
    switch self {
    case .number(let number, let text): return Value(text: text, number: number)
    case .text(let text): return Value(text: text, number: nil)
    case .cost(let query): return Value(try workspace.explained(query, at: place).plan.totalCost.units)
    case .rows(let query): return Value(try workspace.explained(query, at: place).plan.root.planRows)
    case .size(let handle):
      guard let size = try workspace.designs.find(handle, at: place).estimatedSizeInBytes else {
        throw Failure(
          .script, "the size of \(handle) is not known", hint: "hypo add \(handle) estimates it", place: place
        )
      }
      return Value(Double(size))
    case .name(let handle):
      let definition = try workspace.designs.find(handle, at: place).definition
      return Value(text: definition.name ?? definition.suggestedName, number: nil)
    case .change:
      guard let change = workspace.changes.last else {
        throw Failure(.script, "no change was made in this session", hint: "promote makes one", place: place)
      }
      return Value(Double(change.number))
    case .path(let path):
      guard let value = Value(try path.value(in: workspace.lastResults, at: place)) else {
        throw Failure(.script, "there is no value at that place: it is NULL or not known", place: place)
      }
      return value
    }
  }
}
