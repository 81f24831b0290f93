extension TranscriptScanner {
  /// A number as it is written, before its unit says what it is.
  struct Number {
    /// Where it stands.
    var range: Range<Int>
    /// Whether it has neither a point nor an exponent.
    var isWhole = true
    fileprivate var isNegative = false
    /// The digits without the point; nil when they are too many to be exact.
    fileprivate var digits: UInt64? = 0
    /// The power of ten by which the digits are multiplied.
    fileprivate var exponent = 0
    /// Its value when it is written as a word.
    fileprivate var word: Double?
  }

  /// Whether a number, or `+inf` and its like, comes next.
  var isAtNumber: Bool {
    if TranscriptWord.isDigit(next) || next == UInt8(ascii: "+") { return true }
    guard next == UInt8(ascii: "-"), at + 1 < bytes.count else { return false }
    return TranscriptWord.isDigit(bytes[at + 1]) || bytes[at + 1] == UInt8(ascii: "i")
  }

  /// A number.
  mutating func number() throws(TranscriptError) -> Number {
    var number = Number(range: at..<at)
    if let word = takeNumberWord() {
      number.word = word
      number.isWhole = false
    } else {
      number.isNegative = take("-")
      guard TranscriptWord.isDigit(next) else { throw expected("a number", at: number.range.lowerBound) }
      takeDigits(into: &number)
      if next == UInt8(ascii: "."), at + 1 < bytes.count, TranscriptWord.isDigit(bytes[at + 1]) {
        at += 1
        number.isWhole = false
        let start = at
        takeDigits(into: &number)
        number.exponent = start - at
      }
      takeExponent(into: &number)
    }
    number.range = number.range.lowerBound..<at
    return number
  }

  private mutating func takeNumberWord() -> Double? {
    if take("+inf") { return .infinity }
    if take("-inf") { return -.infinity }
    return take("+nan") ? .nan : nil
  }

  private mutating func takeDigits(into number: inout Number) {
    while TranscriptWord.isDigit(next) {
      if let digits = number.digits, digits < 1 << 53 {
        number.digits = digits * 10 + UInt64(next - UInt8(ascii: "0"))
      } else {
        number.digits = nil
      }
      at += 1
    }
  }

  private mutating func takeExponent(into number: inout Number) {
    guard next == UInt8(ascii: "e"), at + 1 < bytes.count else { return }
    let start = at
    at += 1
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard TranscriptWord.isDigit(next) else {
      at = start
      return
    }
    var exponent = 0
    while TranscriptWord.isDigit(next) {
      exponent = min(exponent * 10 + Int(next - UInt8(ascii: "0")), 99_999)
      at += 1
    }
    number.isWhole = false
    number.exponent += isNegative ? -exponent : exponent
  }

  /// The value of a number, or of a hundredth of it, rounded once.
  func value(_ number: Number, isPercent: Bool = false) -> Double {
    if let word = number.word { return word }
    let exponent = number.exponent - (isPercent ? 2 : 0)
    // Both are exact then, so that the result is rounded once (Clinger, PLDI 1990).
    if let digits = number.digits, digits <= 1 << 53, abs(exponent) < Self.powersOfTen.count {
      let power = Self.powersOfTen[abs(exponent)]
      let magnitude = exponent < 0 ? Double(digits) / power : Double(digits) * power
      return number.isNegative ? -magnitude : magnitude
    }
    let written = text(number.range).utf8.filter { $0 != UInt8(ascii: ".") }.prefix {
      $0 != UInt8(ascii: "e")
    }
    return Double("\(String(decoding: written, as: UTF8.self))e\(exponent)") ?? .nan
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]

  /// A number of any size.
  mutating func double() throws(TranscriptError) -> Double { value(try number()) }

  /// A whole number of 64 bits.
  mutating func integer() throws(TranscriptError) -> Int64 { try integer(try number()) }

  /// The value of a whole number.
  func integer(_ number: Number) throws(TranscriptError) -> Int64 {
    guard number.isWhole, let value = Int64(text(number.range)) else {
      throw expected("a whole number of 64 bits", at: number.range.lowerBound)
    }
    return value
  }
}
