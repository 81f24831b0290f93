/// An index definition and where each part of it stands in the text that was typed.
///
/// All ranges are UTF-8 code units of the text that the parser was given.
public struct ParsedIndexDefinition: Equatable, Sendable {
  /// Where the parts of one key stand.
  public struct KeyRanges: Equatable, Sendable {
    /// The whole key with its order.
    public var whole: Range<Int>
    /// The column's name, or the expression without the parentheses around it.
    public var term: Range<Int>
    /// The collation's name; nil when none is typed.
    public var collation: Range<Int>?
    /// The operator class's name; nil when none is typed.
    public var operatorClass: Range<Int>?
  }

  /// What the text says.
  public var definition: IndexDefinition
  /// The table's name, with its schema.
  public var tableRange: Range<Int>
  /// The parts of each key, in the order of the definition's keys.
  public var keys: [KeyRanges]
  /// Each column of `INCLUDE`, in order.
  public var includeRanges: [Range<Int>]
  /// The name behind `USING`; nil when none is typed.
  public var accessMethodRange: Range<Int>?
  /// The index's own name; nil when none is typed.
  public var nameRange: Range<Int>?
  /// The condition behind `WHERE`; nil when there is none.
  public var predicateRange: Range<Int>?
  /// The name behind `TABLESPACE`; nil when none is typed.
  public var tablespaceRange: Range<Int>?
}
