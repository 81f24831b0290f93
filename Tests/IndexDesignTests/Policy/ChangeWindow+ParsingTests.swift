import IndexDesign
import Testing

@Suite struct ChangeWindowParsingTests {
  private let zones = TimeZones(
    named: { ["Europe/Berlin": "Europe/Berlin", "Etc/UTC": "UTC"][$0] },
    all: { ["Europe/Berlin", "Etc/UTC"] })

  @Test(
    arguments: [
      ("22:00-04:00", Set(0...6), 1320, 240, "UTC"), ("sat 9:30-12:00 utc", [5], 570, 720, "UTC"),
      ("Fri-Mon 00:00-24:00 Europe/Berlin", [4, 5, 6, 0], 0, 1440, "Europe/Berlin"),
      ("Mon 1:00-2:00 Etc/UTC", [0], 60, 120, "UTC"),
    ] as [(String, Set<Int>, Int, Int, String)])
  func `days, hours and a zone`(text: String, days: Set<Int>, start: Int, end: Int, zone: String) throws {
    #expect(
      try ChangeWindow(text, zones: zones)
        == ChangeWindow(hours: [.init(days: days, start: start, end: end)], zone: zone, text: text))
  }

  private static let example = "for example Mon-Fri 22:00-04:00 Europe/Berlin"

  @Test(arguments: [
    ("", "a change window needs hours", Self.example, 0..<0),
    ("22:00-04:00,", "a change window needs hours", Self.example, 0..<12),
    ("Mon", "hours are missing after \"Mon\"", Self.example, 0..<3),
    (
      "Mom 22:00-04:00", "\"Mom\" are no days", "one of Mon Tue Wed Thu Fri Sat Sun, or two as in Mon-Fri",
      0..<3
    ),
    (
      "Mon-Fr 1:00-2:00", "\"Mon-Fr\" are no days",
      "one of Mon Tue Wed Thu Fri Sat Sun, or two as in Mon-Fri", 0..<6
    ),
    ("Mon 22:00", "\"22:00\" are no hours", "two times from 00:00 to 24:00, such as 22:00-04:00", 4..<9),
    (
      "22:60-23:00", "\"22:60-23:00\" are no hours", "two times from 00:00 to 24:00, such as 22:00-04:00",
      0..<11
    ),
    (
      "24:00-01:00", "\"24:00-01:00\" are no hours", "two times from 00:00 to 24:00, such as 22:00-04:00",
      0..<11
    ),
    ("22:00-22:00", "\"22:00-22:00\" ends when it begins", "00:00-24:00 is the whole day", 0..<11),
    (
      "22:00-23:00 Europe/Belin", "unknown time zone \"Europe/Belin\"", "did you mean \"Europe/Berlin\"?",
      12..<24
    ),
    ("22:00-23:00 MEZ", "unknown time zone \"MEZ\"", "UTC, or a name such as Europe/Berlin", 12..<15),
    (
      "22:00-23:00 UTC, 1:00-2:00", "unexpected \"UTC\"",
      "a comma goes between windows, and the time zone of all of them at the end", 12..<15
    ),
  ])
  func `a window that cannot be read is told with its place`(
    text: String, message: String, hint: String, range: Range<Int>
  ) {
    #expect(throws: SettingProblem(message: message, hint: hint, range: range)) {
      try ChangeWindow(text, zones: zones)
    }
  }
}
