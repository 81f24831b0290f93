import IndexDesign
import Notebook
import Reports

/// An index design and where it is in its life.
struct Design: Equatable {
  /// proposed → hypothetical → promoted → rolled back
  enum State: Equatable {
    case proposed
    case hypothetical
    case promoted(ChangeNumber)
    case rolledBack(ChangeNumber)

    /// The state in words.
    var words: String {
      switch self {
      case .proposed: "proposed"
      case .hypothetical: "hypothetical"
      case .promoted(let change): "promoted (\(change))"
      case .rolledBack(let change): "rolled back (\(change))"
      }
    }
  }

  var handle: DesignHandle
  /// The whole definition as it was typed, its table qualified.
  var definition: IndexDefinition
  var state: State
  /// The name that it had before it was promoted under another one; nil for none.
  var earlierName: String?
  /// The names of the table's partitions, which plans name in its place; empty when it has none.
  var partitions: Set<String> = []
  /// The databases that it was made in.
  var places: [RecordedPlace] = []
  /// HypoPG's estimate; nil when the design was never hypothetical.
  var estimatedSizeInBytes: Int64?
}

extension Design {
  /// Whether a plan uses this design and, if not, what it does instead.
  func use(in plan: ExecutionPlan) -> DesignUse {
    let table = definition.table
    return plan.use(of: handle, schema: table.schema, table: table.name, partitions: partitions)
  }
}

/// The designs of a session by handle. A number is never used again.
struct Designs {
  private(set) var all: [Design] = []

  /// The handle of a definition: an equal one gets the earlier one's back.
  ///
  /// - Parameters:
  ///   - partitions: the names of the table's partitions; empty when it has none, or they are not known.
  ///   - handle: the handle that it must get; nil for the next one.
  /// - Throws: `Failure` when the handle or the definition has another one.
  mutating func add(
    _ definition: IndexDefinition, partitions: Set<String> = [], as handle: DesignHandle? = nil
  ) throws(Failure) -> Design {
    let index = all.firstIndex { IndexComparison.isSame($0.definition, definition) }
    if let handle {
      if let other = self[handle], index.map({ all[$0].handle }) != handle {
        throw Failure(
          .script, "\(handle) is \(other.definition.shortForm) already",
          hint: "hypo add without \(handle) = gives the next number")
      }
      if let index, all[index].handle != handle {
        throw Failure(
          .script, "this design is \(all[index].handle) already",
          hint: "hypo add \(all[index].handle) makes it hypothetical")
      }
    }
    if let index {
      // The same index under another name is the same design; the newest name counts.
      if definition.name != nil { all[index].definition.name = definition.name }
      all[index].partitions = partitions
      return all[index]
    }
    let next = DesignHandle((all.last?.handle.number ?? 0) + 1)
    let design = Design(
      handle: handle ?? next, definition: definition, state: .proposed, partitions: partitions)
    all.insert(design, at: all.firstIndex { $0.handle > design.handle } ?? all.endIndex)
    return design
  }

  /// Notes a database that a design was made in; nil for none.
  mutating func note(_ place: RecordedPlace?, of handle: DesignHandle) {
    guard let place else { return }
    update(handle) { if !$0.places.contains(where: place.isSame) { $0.places.append(place) } }
  }

  /// Changes what is known of a design.
  mutating func update(_ handle: DesignHandle, _ change: (inout Design) -> Void) {
    guard let index = all.firstIndex(where: { $0.handle == handle }) else { return }
    change(&all[index])
  }

  /// Makes proposals again of the hypothetical designs that are lost.
  mutating func proposeAgain(_ isLost: (DesignHandle) -> Bool) {
    for index in all.indices where all[index].state == .hypothetical && isLost(all[index].handle) {
      all[index].state = .proposed
    }
  }

  /// The design of a handle; nil when it was never given.
  subscript(handle: DesignHandle) -> Design? { all.first { $0.handle == handle } }

  /// The design of a handle.
  ///
  /// - Throws: `Failure` that lists the handles that exist.
  func find(_ handle: DesignHandle, at place: Failure.Place?) throws(Failure) -> Design {
    if let design = self[handle] { return design }
    let known = all.map(\.handle.description)
    throw Failure(
      .script, "there is no design \(handle)",
      hint: known.isEmpty
        ? "hypo add makes one"
        : NearHandle.question(handle.description, known) + "designs: " + known.joined(separator: " "),
      place: place)
  }
}
