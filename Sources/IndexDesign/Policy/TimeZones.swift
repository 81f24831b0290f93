/// The time zones that there are.
///
/// This module knows none: whoever does passes them in.
public struct TimeZones: Sendable {
  /// How the time zone of a name such as `Europe/Berlin` is called; nil when there is none.
  public var named: @Sendable (_ name: String) -> String?
  /// All their names.
  public var all: @Sendable () -> [String]

  /// Time zones as somebody knows them.
  public init(named: @escaping @Sendable (_ name: String) -> String?, all: @escaping @Sendable () -> [String])
  {
    (self.named, self.all) = (named, all)
  }
}
