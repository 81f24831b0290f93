/// The name `@1` or `@name` of a query.
public enum QueryHandle: Hashable, Sendable, CustomStringConvertible {
  /// Given by `top`, never used again in a session.
  case number(Int)
  /// Given by a person, with `query NAME = …;`.
  case name(String)

  /// The handle as it is typed.
  public var description: String {
    switch self {
    case .number(let number): "@\(number)"
    case .name(let name): "@\(name)"
    }
  }

  /// Reads `@1` or `@name`; nil when the text is no query handle.
  public init?(_ text: String) {
    guard text.hasPrefix("@"), text.count > 1 else { return nil }
    let rest = text.dropFirst()
    if let number = Self.number(rest) {
      self = .number(number)
    } else if let first = rest.first, first.isLetter || first == "_",
      rest.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
    {
      self = .name(rest.lowercased())
    } else {
      return nil
    }
  }

  /// Digits alone: no sign, as `Int` would take.
  fileprivate static func number(_ digits: Substring) -> Int? {
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits), number > 0 else {
      return nil
    }
    return number
  }
}

extension DesignHandle {
  /// Reads `%1`; nil when the text is no design handle.
  public init?(_ text: String) {
    guard text.hasPrefix("%"), let number = QueryHandle.number(text.dropFirst()) else { return nil }
    self.init(number)
  }
}

/// Asks which of the handles that there are was meant by one that there is not.
public enum NearHandle {
  /// `did you mean @1? `, with a blank behind it; empty when none is near.
  ///
  /// Names are near by their letters. One number is as near to another as any, so only a digit too many counts.
  public static func question(_ handle: String, _ known: [String]) -> String {
    func isNumber(_ text: String) -> Bool { text.dropFirst().allSatisfy(\.isNumber) }
    let near =
      isNumber(handle)
      ? known.filter { isNumber($0) && $0.count < handle.count && handle.hasPrefix($0) }.max {
        $0.count < $1.count
      }
      : handle.count < 4 ? nil : NearName.closest(to: handle, among: known.filter { !isNumber($0) })
    return near.map { "did you mean \($0)? " } ?? ""
  }
}
