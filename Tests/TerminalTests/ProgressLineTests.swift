import Synchronization
import Testing

@testable import Terminal

@Suite struct ProgressLineTests {
  let clock = ManualClock()
  let written = Written()

  func line(width: Int = 80, delay: Duration = .seconds(1)) -> ProgressLine<ManualClock> {
    ProgressLine(
      clock: clock, delay: delay, width: { width }, write: { [written] in written.pieces.append($0) })
  }

  @Test func `nothing shows before the delay`() {
    let line = self.line()
    line.update("building", fraction: 0.5)
    clock.advance(by: .milliseconds(999))
    line.update("building", fraction: 0.5)
    line.finish()
    #expect(written.pieces == [])
  }

  @Test func `it is rewritten at most ten times a second and erased at the end`() {
    let line = self.line()
    clock.advance(by: .seconds(1))
    line.update("building", fraction: 0.25)
    clock.advance(by: .milliseconds(99))
    line.update("building", fraction: 0.26)
    clock.advance(by: .seconds(1))
    line.update("building", fraction: 0.5)
    line.finish()
    line.finish()
    #expect(
      written.pieces == [
        "\r\u{1B}[Kbuilding  25 %  3 s left", "\r\u{1B}[Kbuilding  50 %  2 s left", "\r\u{1B}[K",
      ])
  }

  @Test func `it is erased when it goes out of scope`() {
    do {
      let line = self.line(delay: .zero)
      line.update("loading")
    }
    #expect(written.pieces == ["\r\u{1B}[Kloading  0 s", "\r\u{1B}[K"])
  }

  @Test func `it never fills the last column nor lets a text command the terminal`() {
    let line = self.line(width: 12, delay: .zero)
    line.update("\u{1B}[2Jwaiting for a lock")
    #expect(written.pieces == ["\r\u{1B}[K\\x1B[2Jwai…"])
  }

  @Test func `a long text is cut, and the time behind it is not`() {
    let line = self.line(width: 24, delay: .zero)
    line.update("waiting for transactions")
    clock.advance(by: .seconds(75))
    line.update("waiting for transactions")
    clock.advance(by: .seconds(75))
    line.update("waiting for transactions", fraction: 0.5)
    line.finish()
    #expect(
      written.pieces == [
        "\r\u{1B}[Kwaiting for trans…  0 s", "\r\u{1B}[Kwaiting fo…  1 min 15 s",
        "\r\u{1B}[Kwaiting for transactio…", "\r\u{1B}[K",
      ])
  }

  @Test func `without a terminal it is silent`() {
    let line = ProgressLine(clock: clock, delay: .zero, width: { 80 }, write: nil)
    line.update("loading")
    line.finish()
    #expect(written.pieces == [])
  }

  @Test(
    arguments: [
      (nil, 5, "t  5 s"), (0.01, 5, "t  1 %  5 s"), (0.5, 90, "t  50 %  1 min 30 s left"),
      (0.1, 900, "t  10 %  2 h 15 min left"), (1.5, 9, "t  100 %  0 s left"), (.nan, 5, "t  5 s"),
      (-1, 5, "t  0 %  5 s"),
    ] as [(Double?, Int, String)])
  func `the line says how far and how long yet`(fraction: Double?, seconds: Int, expected: String) {
    #expect(
      ProgressLine<ManualClock>.line("t", fraction: fraction, elapsed: .seconds(seconds)) == expected)
  }
}

final class Written {
  var pieces: [String] = []
}

/// A clock that stands still until it is told otherwise.
final class ManualClock: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration

    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private let current = Mutex(Instant(offset: .zero))

  var now: Instant { current.withLock { $0 } }
  var minimumResolution: Duration { .nanoseconds(1) }
  func advance(by duration: Duration) { current.withLock { $0 = $0.advanced(by: duration) } }
  func sleep(until deadline: Instant, tolerance: Duration?) async throws { throw CancellationError() }
}
