import Glibc
import IndexDesign
import Reports
import Server
import Terminal

/// A command that is run again and again, for `watch`.
struct Repetition {
  /// The command.
  var command: String
  /// The time from the end of one run to the beginning of the next.
  var interval: Duration
  /// How often it runs; nil for until it is stopped.
  var count: Int?
}

extension Loop {
  /// Runs a command again and again and shows each result, on a terminal in the place of the one before.
  ///
  /// - Returns: what is still to be shown: the last result, when it stood in a picture that is gone now.
  /// - Throws: `Failure` of a run, and with status `.cancelled` where nobody has seen a result before Ctrl-C.
  func perform(_ repetition: Repetition) throws -> Report {
    let file = output.fileForm
    let isPicture = file == nil && console.beginPicture()
    // What a person has collected in a file is kept when Ctrl-C ends it.
    let endsWell = isPicture || (file != nil && console.width != nil)
    let keys = endsWell ? QuietKeys() : nil
    isRepeating = true
    defer {
      isRepeating = false
      console.endPicture()
      keys?.restore()
    }
    var last = Report("watch")
    var round = 0
    while true {
      do {
        let report = try report(of: repetition.command)
        console.endProgress()
        if isPicture, round > 0 { _ = console.beginPicture() }
        console.write([StyledText(repetition.heading, .dim)] + (file == nil ? [StyledText()] : []))
        try output.show(report)
        last = report
      } catch {
        let failure = Failure(error)
        guard endsWell, failure.status == .cancelled, round > 0 else { throw failure }
        break
      }
      round += 1
      if round == repetition.count { break }
      if !isPicture, file == nil { console.write([StyledText()]) }
      guard !pause(repetition.interval) else {
        guard endsWell else { throw Failure(.cancelled, "watch was interrupted") }
        break
      }
    }
    // Elsewhere than in a picture it was shown or written already.
    return isPicture ? last : Report("watch")
  }

  /// Waits for the next time; a signal ends the wait at once.
  ///
  /// - Returns: whether the person wants to stop.
  private func pause(_ interval: Duration) -> Bool {
    let interrupts = workspace.access.interrupts
    let deadline = ContinuousClock.now + interval
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return false }
      let milliseconds = Int32((left / .milliseconds(1)).rounded(.up))
      var watched = pollfd(fd: interrupts?.fileDescriptor ?? -1, events: Int16(POLLIN), revents: 0)
      if poll(&watched, 1, milliseconds) > 0, interrupts?.take() == true { return true }
    }
  }
}

extension Repetition {
  /// `every 5 s: top 10, Sun Nov 22 17:11:00 2026`
  fileprivate var heading: String {
    var now = time(nil)
    var local = tm()
    localtime_r(&now, &local)
    var text = [CChar](repeating: 0, count: 64)
    strftime(&text, text.count, "%a %b %d %H:%M:%S %Y", &local)
    let stamp = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let seconds = Double(interval.components.seconds) + Double(interval.components.attoseconds) / 1e18
    let every = seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    return "every \(every) s: \(CellText.oneLine(command)), \(stamp)"
  }
}
