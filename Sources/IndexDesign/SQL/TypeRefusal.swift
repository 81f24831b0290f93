/// What the server says of types when it refuses a statement.
struct TypeRefusal {
  private let message: String

  init(_ message: String) { self.message = message }

  /// The number in "could not determine data type of parameter $3", which every language keeps.
  var parameter: Int? { message.split(separator: "$").last.flatMap { Int($0.prefix { $0.isNumber }) } }

  /// The types of both sides in "operator does not exist: bigint = text", or of the arguments in "function
  /// sum(text) does not exist", in order; empty when the message is of another form.
  ///
  /// Every language keeps these forms.
  var operands: [String] {
    if let open = message.firstIndex(of: "("), let close = message.lastIndex(of: ")"), open < close,
      open != message.startIndex, !message[message.index(before: open)].isWhitespace
    {
      return message[message.index(after: open)..<close].split(separator: ",").map(Self.trimmed)
    }
    guard let colon = message.ranges(of: ": ").first else { return [] }
    let words = message[colon.upperBound...].split(separator: " ")
    guard let middle = words.firstIndex(where: { $0.allSatisfy(Self.operatorCharacters.contains) }) else {
      return []
    }
    let sides = [words[..<middle], words[(middle + 1)...]].map { $0.joined(separator: " ") }
    return sides[0].isEmpty ? [sides[1]] : sides
  }

  /// The type that would have been right, as far as the English message of a mismatch names it.
  var wanted: String? {
    if let type = between("is of type ", " but") ?? between("but type ", " overall") { return type }
    if let type = between("must be type ", ", not") { return type }
    guard let both = between(" types ", " cannot be matched"), let and = both.ranges(of: " and ").first
    else { return nil }
    let sides = [String(both[..<and.lowerBound]), String(both[and.upperBound...])]
    return sides.first { $0 != "text" }
  }

  private func between(_ start: String, _ end: String) -> String? {
    guard let first = message.ranges(of: start).first,
      let last = message[first.upperBound...].ranges(of: end).first
    else { return nil }
    return Self.trimmed(message[first.upperBound..<last.lowerBound])
  }

  private static let operatorCharacters = Set("+-*/<>=~!@#%^&|`?")

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
