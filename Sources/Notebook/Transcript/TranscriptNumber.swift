/// Numbers as the transcript form writes them: the shortest decimal that reads back as the same number.
enum TranscriptNumber {
  /// `15571.04`, `50`, `1e300`, `-0`; `+inf`, `-inf` and `+nan` for what is no number.
  ///
  /// - Parameter isWholeMarked: whether a number without a fraction is written with a point, `50.0`,
  ///   because no unit tells it from an integer.
  static func text(_ value: Double, isWholeMarked: Bool = false) -> String {
    guard value.isFinite else { return value.isNaN ? "+nan" : value < 0 ? "-inf" : "+inf" }
    if !isWholeMarked, let whole = Int64(exactly: value), abs(value) < 0x1p53,
      !(whole == 0 && value.sign == .minus)
    {
      return String(whole)
    }
    let text = value.description
    if text.utf8.contains(UInt8(ascii: "e")) { return plainExponent(text) }
    return !isWholeMarked && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// `1e+300` is `1e300` and `1e-05` is `1e-5`.
  private static func plainExponent(_ text: String) -> String {
    let decimal = Decimal(text)
    return decimal.scientific
  }

  /// A number of a JSON document. One that is too large for 64 bits stays so.
  static func json(_ value: Double) -> String {
    value.isFinite ? text(value) : value < 0 ? "-1e999" : "1e999"
  }

  /// A share in hundredths without its sign: the share's own decimal with the point moved by two,
  /// so that nothing is rounded.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return text(share) }
    var decimal = Decimal(share.description)
    decimal.point += 2
    return decimal.plain
  }

  /// The digits of a number and where its point is.
  private struct Decimal {
    var isNegative = false
    /// Without zeros in front and behind; empty for zero.
    var digits: Substring
    /// How many digits stand before the point; negative for zeros behind it.
    var point: Int

    /// Reads what `Double.description` writes.
    init(_ text: String) {
      var mantissa = text[...]
      var exponent = 0
      if let mark = text.firstIndex(of: "e") {
        mantissa = text[..<mark]
        exponent = Int(text[text.index(after: mark)...]) ?? 0
      }
      isNegative = mantissa.hasPrefix("-")
      if isNegative { mantissa.removeFirst() }
      let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
      let fraction = parts.count > 1 ? parts[1] : ""
      let all = String(parts[0] + fraction)
      let leading = all.prefix { $0 == "0" }.count
      digits = all.dropFirst(leading)
      while digits.last == "0" { digits.removeLast() }
      point = digits.isEmpty ? 0 : parts[0].count - leading + exponent
    }

    private var sign: String { isNegative ? "-" : "" }

    var plain: String {
      guard !digits.isEmpty else { return sign + "0" }
      guard point > -6, point <= 17 else { return scientific }
      guard point > 0 else { return sign + "0." + String(repeating: "0", count: -point) + digits }
      let missing = point - digits.count
      guard missing < 0 else { return sign + digits + String(repeating: "0", count: missing) }
      return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    var scientific: String {
      let fraction = digits.dropFirst()
      return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e\(point - 1)"
    }
  }
}
