/// A record was written in a form that is newer than this hypo.
public struct NewerRecordError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The form's number.
  public var version: Int
  /// The highest number that this hypo reads.
  public var known: Int

  /// Makes the error for a form's number.
  public init(version: Int, known: Int) { (self.version, self.known) = (version, known) }

  /// What failed, one sentence without a final full stop.
  public var description: String {
    "cannot read a record of version \(version): this hypo reads versions up to \(known)"
  }

  /// What to do next.
  public var hint: String { "upgrade hypo" }
}
