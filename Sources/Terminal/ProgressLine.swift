internal import enum IndexDesign.NumberText

/// One line on standard error that says what is going on, how far, and how long yet.
///
/// It shows only after `delay`, is rewritten at most ten times a second, and is erased at the end. Without a
/// terminal it never writes.
public final class ProgressLine<C: Clock> where C.Duration == Duration {
  private let clock: C
  private let start: C.Instant
  private let delay: Duration
  private let interval: Duration
  private let width: () -> Int
  private let write: ((String) -> Void)?
  private var nextWrite: C.Instant
  private var isShown = false

  /// A line for work that begins now.
  ///
  /// `width` is asked before each writing. `write` gets whole pieces of output; nil means silence.
  public init(
    clock: C, delay: Duration = .seconds(1), interval: Duration = .milliseconds(100),
    width: @escaping () -> Int, write: ((String) -> Void)?
  ) {
    self.clock = clock
    self.delay = delay
    self.interval = interval
    self.width = width
    self.write = write
    start = clock.now
    nextWrite = clock.now.advanced(by: delay)
  }

  deinit {
    if isShown { write?(Self.erasure) }
  }

  /// Says how far the work is: `fraction` from 0 to 1, or nil when nobody knows.
  ///
  /// Cheap when it is not yet time to write. The remaining time is told once a twentieth is done.
  public func update(_ text: String, fraction: Double? = nil) {
    guard let write else { return }
    let now = clock.now
    guard now >= nextWrite else { return }
    nextWrite = now.advanced(by: interval)
    let elapsed = start.duration(to: now)
    // One column is left free: some terminals wrap as soon as the last one is filled.
    let room = max(1, width() - 1)
    let time = Self.line("", fraction: fraction, elapsed: elapsed)
    let textRoom = room - DisplayWidth.of(time)
    // The time is what changes: a long text makes room for it.
    let line =
      textRoom < Self.leastTextColumns
      ? DisplayWidth.truncated(text + time, to: room) : DisplayWidth.truncated(text, to: textRoom) + time
    write(Self.erasure + line)
    isShown = true
  }

  /// Erases the line; `update` would show it again at once.
  public func finish() {
    guard isShown else { return }
    isShown = false
    write?(Self.erasure)
  }

  /// Less than this of the text says too little.
  private static var leastTextColumns: Int { 8 }

  private static var erasure: String { "\r\u{1B}[K" }

  static func line(_ text: String, fraction: Double?, elapsed: Duration) -> String {
    guard let fraction, fraction.isFinite else { return "\(text)  \(NumberText.elapsed(elapsed))" }
    let done = min(1, max(0, fraction))
    let percent = "\(text)  \(NumberText.progress(done))"
    guard done >= 0.05 else { return "\(percent)  \(NumberText.elapsed(elapsed))" }
    return "\(percent)  \(NumberText.elapsed(elapsed * ((1 - done) / done))) left"
  }
}
