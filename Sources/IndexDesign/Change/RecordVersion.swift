/// The form in which a part of a change record is written, the `version` member of its JSON.
///
/// It is read before all else, so that a record made by a newer hypo is refused with
/// the reason and never half understood.
public struct RecordVersion: Hashable, Sendable, Codable {
  /// The form's number, from 1.
  public let number: Int

  private init(_ number: Int) { self.number = number }

  /// The form that this hypo writes, and the newest that it reads.
  public static let current = RecordVersion(1)

  /// Reads the number.
  ///
  /// - Throws: `NewerRecordError` when it is higher than this hypo knows.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let found = try container.decode(Int.self)
    guard found >= 1 else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(found) is no record version")
    }
    guard found <= Self.current.number else { throw NewerRecordError(version: found) }
    number = found
  }

  /// Writes the number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }
}

/// A record was written in a form that is newer than this hypo.
public struct NewerRecordError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The form's number.
  public var version: Int

  /// Makes the error for a form's number.
  public init(version: Int) { self.version = version }

  /// What failed, one sentence without a final full stop.
  public var description: String {
    "cannot read a record of version \(version): this hypo reads versions up to \(RecordVersion.current.number)"
  }

  /// What to do next.
  public var hint: String { "upgrade hypo" }
}
