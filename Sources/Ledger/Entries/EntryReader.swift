import IndexDesign

/// A member of an entry is missing or makes no sense.
struct EntryProblem: Error, Equatable, CustomStringConvertible {
  var member: String

  var description: String { "the member \"\(member)\" is missing or makes no sense" }
}

/// Reads the members of an entry, or of an object in it.
struct EntryReader {
  private let value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  /// Looks at the form before all else, so that an entry of a newer hypo is refused and never half understood.
  init(_ record: JSONValue, event: String) throws {
    value = record
    guard let format = record["format"]?.integer, format >= 1 else { throw EntryProblem(member: "format") }
    guard format <= entryFormat else { throw NewerRecordError(version: format, known: Int(entryFormat)) }
    guard record["event"]?.string == event else { throw EntryProblem(member: "event") }
  }

  var members: [(name: String, value: JSONValue)] {
    if case .object(let members) = value { members } else { [] }
  }

  func optionalText(_ name: String) -> String? { value[name]?.string }

  func text(_ name: String) throws(EntryProblem) -> String { try required(optionalText(name), name) }

  /// A number that no JSON holds stands as its word.
  func optionalNumber(_ name: String) -> Double? {
    value[name]?.number ?? value[name]?.string.flatMap { Double($0) }
  }

  func number(_ name: String) throws(EntryProblem) -> Double { try required(optionalNumber(name), name) }

  func optionalWhole(_ name: String) -> Int64? { value[name]?.integer.map(Int64.init) }

  func whole(_ name: String) throws(EntryProblem) -> Int64 { try required(optionalWhole(name), name) }

  func objectID(_ name: String) throws(EntryProblem) -> UInt32 {
    try required(UInt32(exactly: try whole(name)), name)
  }

  func optionalObjectID(_ name: String) throws(EntryProblem) -> UInt32? {
    optionalWhole(name) == nil ? nil : try objectID(name)
  }

  func time(_ name: String) throws(EntryProblem) -> Timestamp {
    try required(Timestamp(try text(name)), name)
  }

  func bool(_ name: String) -> Bool { value[name]?.bool ?? false }

  func list(_ name: String) -> [JSONValue]? { value[name]?.array }

  func optionalObject(_ name: String) -> EntryReader? {
    if case .object? = value[name] { value[name].map { EntryReader($0) } } else { nil }
  }

  func object(_ name: String) throws(EntryProblem) -> EntryReader { try required(optionalObject(name), name) }

  private func required<T>(_ found: T?, _ name: String) throws(EntryProblem) -> T {
    guard let found else { throw EntryProblem(member: name) }
    return found
  }
}
