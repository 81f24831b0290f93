/// Quantities as the sentences of checklists and errors word them.
enum Readable {
  /// `24 kB`, `31 MB`; whole bytes below ten thousand.
  static func size(_ bytes: Int64) -> String {
    var value = Double(bytes)
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var unit = 0
    while abs(value) >= 10_000, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return "\(Int64(value.rounded())) \(units[unit])"
  }

  /// `24,218`.
  static func count(_ number: Int64) -> String {
    let digits = Array(String(number.magnitude))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
  }

  /// `12 s`, `5 min`, `3 h`, `2 days`; cut, not rounded.
  static func duration(seconds: Double) -> String {
    let whole = Int64(max(0, min(seconds, 1e12)))
    switch whole {
    case ..<120: return "\(whole) s"
    case ..<7_200: return "\(whole / 60) min"
    case ..<172_800: return "\(whole / 3_600) h"
    default: return "\(whole / 86_400) days"
    }
  }
}
