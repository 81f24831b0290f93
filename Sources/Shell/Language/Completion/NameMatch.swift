import Reports
import Terminal

/// Which names what was typed may become.
enum NameMatch {
  /// Those that begin so; when there are none, those that have it at the beginning of a word in them.
  static func completions(_ offers: [CompletionOffer]) -> [Completion] {
    var chosen = offers.filter { isPrefix($0.typed, of: $0.candidate.name) }
    if chosen.isEmpty {
      chosen = offers.filter { $0.candidate.isFoundByMiddle && beginsWord($0.typed, in: $0.candidate.name) }
    }
    var seen: Set<String> = []
    return chosen.filter { seen.insert($0.candidate.text).inserted }.map {
      let candidate = $0.candidate
      return Completion(candidate.text, start: $0.start, note: candidate.note, suffix: candidate.suffix)
    }
  }

  /// Whether a name begins with what was typed, whatever the letters' case.
  static func isPrefix(_ typed: String, of name: String) -> Bool {
    if typed.isEmpty || name.hasPrefix(typed) { return true }
    return name.lowercased().hasPrefix(typed.lowercased())
  }

  /// Whether a word inside of a name begins so: behind a sign, or at a capital behind a small letter.
  static func beginsWord(_ typed: String, in name: String) -> Bool {
    let typed = Array(typed.lowercased().utf8)
    let original = Array(name.utf8)
    let lower = Array(name.lowercased().utf8)
    // Letters whose small form has another length are found by the beginning only.
    guard lower.count == original.count, !typed.isEmpty, typed.count < lower.count else { return false }
    return (1...(lower.count - typed.count)).contains { place in
      lower[place] == typed[0] && isWordStart(place, original)
        && lower[place..<(place + typed.count)].elementsEqual(typed)
    }
  }

  private static func isWordStart(_ place: Int, _ bytes: [UInt8]) -> Bool {
    let (before, at) = (bytes[place - 1], bytes[place])
    // A letter beyond ASCII, such as a Chinese one, is a word of its own.
    if before >= 0x80 || at >= 0x80 { return at & 0xC0 != 0x80 }
    let isLetterBefore = (0x61...0x7A).contains(before | 0x20) || (0x30...0x39).contains(before)
    let isHump = (0x61...0x7A).contains(before) && (0x41...0x5A).contains(at)
    return !isLetterBefore || isHump
  }
}
