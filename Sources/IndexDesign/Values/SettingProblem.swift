/// Why the value of a setting was not taken.
public struct SettingProblem: Error, Equatable {
  /// What is wrong.
  public var message: String
  /// What to do next.
  public var hint: String
  /// Where in the value, in UTF-8 code units; nil for all of it.
  public var range: Range<Int>?

  /// A problem with a value, or with a part of it.
  public init(message: String, hint: String, range: Range<Int>? = nil) {
    (self.message, self.hint, self.range) = (message, hint, range)
  }
}
