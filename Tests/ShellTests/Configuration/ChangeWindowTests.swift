import IndexDesign
import Testing

@testable import Shell

@Suite struct ChangeWindowTests {
  private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text + "Z")) }

  /// Whether a window is open, and when it turns, by its own clock.
  private func state(_ window: String, at now: String) throws -> String {
    let window = try ChangeWindow(window, zones: .ofThisMachine)
    let now = Moment(try time(now), zones: [window.zone])
    let turn = window.nextTurn(after: now).map { window.words($0, at: now) } ?? "never"
    return (window.isOpen(at: now) ? "open until " : "closed until ") + turn
  }

  // 2026-11-23 is a Monday.
  @Test(arguments: [
    ("2026-11-23T21:59:59", "closed until Mon 2026-11-23 22:00 UTC"),
    ("2026-11-23T22:00:00", "open until Tue 2026-11-24 04:00 UTC"),
    ("2026-11-24T03:59:59", "open until Tue 2026-11-24 04:00 UTC"),
    ("2026-11-24T04:00:00", "closed until Tue 2026-11-24 22:00 UTC"),
    ("2026-11-28T03:00:00", "open until Sat 2026-11-28 04:00 UTC"),
    ("2026-11-28T12:00:00", "closed until Mon 2026-11-30 22:00 UTC"),
    ("2026-11-30T03:00:00", "closed until Mon 2026-11-30 22:00 UTC"),
  ])
  func `a window over midnight belongs to the day on which it begins`(now: String, state: String) throws {
    #expect(try self.state("Mon-Fri 22:00-04:00", at: now) == state)
  }

  @Test func `the time zone's clock counts, in summer and in winter`() throws {
    let window = "Mon-Fri 22:00-04:00 Europe/Berlin"
    #expect(
      try state(window, at: "2026-11-23T20:59:00") == "closed until Mon 2026-11-23 22:00 Europe/Berlin")
    #expect(try state(window, at: "2026-11-23T21:00:00") == "open until Tue 2026-11-24 04:00 Europe/Berlin")
    #expect(try state(window, at: "2026-07-20T20:00:00") == "open until Tue 2026-07-21 04:00 Europe/Berlin")
    #expect(
      try state(window, at: "2026-07-20T19:59:00") == "closed until Mon 2026-07-20 22:00 Europe/Berlin")
  }

  // Berlin: 29 March 2026, 02:00 becomes 03:00; 25 October 2026, 03:00 becomes 02:00.
  @Test(arguments: [
    ("2026-03-29T00:59:00", "open until Sun 2026-03-29 03:00 Europe/Berlin"),
    ("2026-03-29T01:00:00", "closed until Mon 2026-03-30 01:30 Europe/Berlin"),
    ("2026-10-25T00:29:00", "open until Sun 2026-10-25 02:30 Europe/Berlin"),
    ("2026-10-25T00:30:00", "closed until Sun 2026-10-25 02:00 Europe/Berlin"),
    ("2026-10-25T01:00:00", "open until Sun 2026-10-25 02:30 Europe/Berlin"),
    ("2026-10-25T01:30:00", "closed until Mon 2026-10-26 01:30 Europe/Berlin"),
  ])
  func `when the clock is changed an hour is missing or comes twice`(now: String, state: String) throws {
    #expect(try self.state("01:30-02:30 Europe/Berlin", at: now) == state)
  }

  @Test func `hours that a night skips open the week after`() throws {
    #expect(
      try state("Sun 02:15-02:45 Europe/Berlin", at: "2026-03-28T12:00:00")
        == "closed until Sun 2026-04-05 02:15 Europe/Berlin")
  }

  @Test func `several windows and odd offsets count`() throws {
    let window = "Mon-Wed 22:00-23:00, sat 9:30-12:00 Asia/Kathmandu"
    #expect(
      try state(window, at: "2026-11-25T17:20:00") == "closed until Sat 2026-11-28 09:30 Asia/Kathmandu")
    #expect(try state(window, at: "2026-11-28T03:45:00") == "open until Sat 2026-11-28 12:00 Asia/Kathmandu")
  }

  @Test func `the whole day never closes, and days may go over Sunday`() throws {
    #expect(try state("00:00-24:00", at: "2026-11-23T12:00:00") == "open until never")
    #expect(
      try state("Fri-Mon 00:00-24:00", at: "2026-11-26T12:00:00") == "closed until Fri 2026-11-27 00:00 UTC")
    #expect(
      try state("Fri-Mon 00:00-24:00", at: "2026-11-27T12:00:00") == "open until Tue 2026-12-01 00:00 UTC")
    #expect(try state("22:00-24:00 utc", at: "1969-12-31T22:30:00") == "open until Thu 1970-01-01 00:00 UTC")
  }

  @Test func `a zone that is spelled almost right is named, and no abbreviation is taken`() throws {
    #expect(
      throws: SettingProblem(
        message: "unknown time zone \"Europe/Belin\"", hint: "did you mean \"Europe/Berlin\"?", range: 12..<24
      )
    ) { try ChangeWindow("22:00-23:00 Europe/Belin", zones: .ofThisMachine) }
    #expect(
      throws: SettingProblem(
        message: "unknown time zone \"MEZ\"", hint: "UTC, or a name such as Europe/Berlin", range: 12..<15)
    ) { try ChangeWindow("22:00-23:00 MEZ", zones: .ofThisMachine) }
  }
}
