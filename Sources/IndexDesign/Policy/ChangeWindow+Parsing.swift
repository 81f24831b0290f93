extension ChangeWindow {
  private static let example = "for example Mon-Fri 22:00-04:00 Europe/Berlin"

  /// Reads `[DAYS] HH:MM-HH:MM`, several separated by commas, and a time zone at the end; UTC when there is none.
  ///
  /// DAYS is a day or a range such as `Fri-Mon`; without it every day is meant.
  /// - Parameter zones: the time zones that there are.
  /// - Throws: `SettingProblem` with the place in the text.
  public init(_ text: String, zones: TimeZones) throws(SettingProblem) {
    var groups = text.utf8Words(separatedBy: ",").map(\.words)
    var zone = "UTC"
    if let last = groups.last?.last, groups[groups.count - 1].count > 1, !Self.looksLikeTimes(last.text),
      groups[groups.count - 1].contains(where: { Self.looksLikeTimes($0.text) })
    {
      zone = try Self.zone(last, zones)
      groups[groups.count - 1].removeLast()
    }
    var hours: [Hours] = []
    for group in groups { hours.append(try Self.hours(group, of: text)) }
    self.init(hours: hours, zone: zone, text: text)
  }

  private static func looksLikeTimes(_ word: String) -> Bool { word.first?.isNumber == true }

  private static func zone(_ word: PlacedWord, _ zones: TimeZones) throws(SettingProblem) -> String {
    if word.text.lowercased() == "utc" { return "UTC" }
    // An abbreviation such as CET has no rule of its own, though some take it for a fixed place.
    if word.text.contains("/"), let zone = zones.named(word.text) { return zone }
    let near = NearName.closest(to: word.text, among: zones.all())
    throw SettingProblem(
      message: "unknown time zone \"\(word.text)\"",
      hint: near.map { "did you mean \"\($0)\"?" } ?? "UTC, or a name such as Europe/Berlin",
      range: word.range)
  }

  private static func hours(_ words: [PlacedWord], of text: String) throws(SettingProblem) -> Hours {
    let end = text.utf8.count
    guard let first = words.first else {
      throw SettingProblem(message: "a change window needs hours", hint: example, range: 0..<end)
    }
    var days = Set(0...6)
    var times = words[...]
    if !looksLikeTimes(first.text) {
      days = try Self.days(first)
      times = times.dropFirst()
    }
    guard let word = times.first else {
      throw SettingProblem(
        message: "hours are missing after \"\(first.text)\"", hint: example, range: first.range)
    }
    if times.count > 1 {
      let extra = times[times.startIndex + 1]
      throw SettingProblem(
        message: "unexpected \"\(extra.text)\"",
        hint: "a comma goes between windows, and the time zone of all of them at the end",
        range: extra.range)
    }
    let parts = word.text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = minute(parts[0]), start < 1440, let end = minute(parts[1]) else {
      throw SettingProblem(
        message: "\"\(word.text)\" are no hours", hint: "two times from 00:00 to 24:00, such as 22:00-04:00",
        range: word.range)
    }
    guard start != end else {
      throw SettingProblem(
        message: "\"\(word.text)\" ends when it begins", hint: "00:00-24:00 is the whole day",
        range: word.range)
    }
    return Hours(days: days, start: start, end: end)
  }

  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }

  private static func days(_ word: PlacedWord) throws(SettingProblem) -> Set<Int> {
    let parts = word.text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.map { part in
      dayNames.firstIndex { $0.lowercased() == part.lowercased() }
    }
    guard (1...2).contains(parts.count), let first = numbers[0], let last = numbers[numbers.count - 1] else {
      throw SettingProblem(
        message: "\"\(word.text)\" are no days",
        hint: "one of \(dayNames.joined(separator: " ")), or two as in Mon-Fri",
        range: word.range)
    }
    return Set((0...6).filter { first <= last ? (first...last).contains($0) : $0 >= first || $0 <= last })
  }
}

/// A word and where it stands, in UTF-8 code units.
private struct PlacedWord {
  var text: String
  var range: Range<Int>
}

/// A part of a text between separators.
private struct PlacedPart {
  var words: [PlacedWord]
}

extension String {
  fileprivate func utf8Words(separatedBy separator: Character) -> [PlacedPart] {
    split(separator: separator, omittingEmptySubsequences: false).map { part in
      PlacedPart(
        words: part.split(whereSeparator: \.isWhitespace).map { word in
          let start = self[..<word.startIndex].utf8.count
          return PlacedWord(text: String(word), range: start..<start + word.utf8.count)
        })
    }
  }
}
