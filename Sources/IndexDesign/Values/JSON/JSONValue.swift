/// A JSON document in memory, with object members in the order in which they stand.
///
/// The readers of plans and of libpg_query's trees walk many small documents; a value of this
/// kind is read in one pass over the bytes, which a generic decoder cannot do.
public enum JSONValue: Equatable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, digit for digit.
  case number(JSONNumber)
  /// A string with its escapes resolved.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Members in document order. A repeated name keeps both, because the server may repeat one; `subscript` finds the
  /// first.
  case object([(name: String, value: JSONValue)])

  /// The first member called `name`; nil when this is no object or has no such member.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text of a string; nil for every other kind.
  public var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The value of a number, infinity when it is too large for 64 bits; nil for every other kind.
  public var number: Double? { if case .number(let value) = self { value.double } else { nil } }

  /// The value of a number without a fraction that 64 bits hold; nil for every other kind.
  public var integer: Int? {
    if case .number(let value) = self { value.integer.map { Int($0) } } else { nil }
  }

  /// The value of a boolean; nil for every other kind.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The elements of a list; nil for every other kind.
  public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

  /// Compares member by member, in order.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }

  /// Reads one document.
  ///
  /// - Throws: `DesignError` with code `.malformedDocument` and the byte where reading stopped.
  public init(parsing text: String) throws(DesignError) {
    do throws(JSONProblem) {
      self = try JSONReader.reading(text) { reader throws(JSONProblem) in
        let value = try reader.value(reader.next())
        _ = try reader.next()
        return value
      }
    } catch {
      throw DesignError(
        .malformedDocument, "could not read JSON: expected \(error.expected)",
        position: error.place..<min(error.place + 1, text.utf8.count))
    }
  }
}
