/// Puts what came in the place of what was recorded and keeps the wildcards that a person has put there.
public struct TranscriptBlessing {
  private let transcript: Transcript
  private let comparison: TranscriptComparison
  /// Whether what comes is a list that is longer with each run.
  private let grows: Bool

  /// Begins with what was recorded.
  public init(_ transcript: Transcript, _ comparison: TranscriptComparison, grows: Bool) {
    (self.transcript, self.comparison, self.grows) = (transcript, comparison, grows)
  }

  /// The lines of results, wildcards in the place of what they stand for. A pattern that does not match is gone.
  public func lines(of came: [TranscribedResult]) -> [String] {
    let recorded = transcript.lines
    guard transcript.hasWildcards else {
      return came.flatMap { TranscriptForm.recorded($0, grows: grows) }
    }
    let new = came.flatMap { TranscriptLine.lines(of: $0) }
    // A list that grows begins with the newest, and as much of it is written out as was before.
    if grows, let wildcard = recorded.firstIndex(where: \.isWildcard), wildcard == recorded.count - 1 {
      return new.prefix(wildcard).map { TranscriptForm.text($0) } + [transcript.text[wildcard]]
    }
    let pair = comparison.pair(recorded, new, reorders: !grows)
    let edges = pair.alignment.edges()
    var merging = Merging(transcript, pair)
    for place in 0..<edges.start { merging.take(place, place) }
    for fate in pair.alignment.fatesOfNewRecord() { merging.take(fate) }
    let shift = pair.lines.came.lines.count - recorded.count
    for place in recorded.count - edges.end..<recorded.count { merging.take(place, place + shift) }
    merging.pass(recorded.count)
    return merging.lines
  }

  /// The new lines as they grow.
  private struct Merging {
    let transcript: Transcript
    let pair: TranscriptComparison.Pair
    var lines: [String] = []
    /// The first recorded line that was not passed.
    private var next = 0
    private var isBehindWildcard = false

    init(_ transcript: Transcript, _ pair: TranscriptComparison.Pair) {
      (self.transcript, self.pair) = (transcript, pair)
    }

    mutating func take(_ fate: TranscriptAlignment.Fate) {
      switch fate {
      case .pair(let place, let other): take(place, other)
      case .missing(let place): pass(place + 1)
      case .additional(let other): add(TranscriptForm.text(pair.lines.came.lines[other]))
      case .covered:
        let recorded = transcript.lines
        if isBehindWildcard { return }
        if next > 0, recorded[next - 1] == .wildcard {
          add(transcript.text[next - 1], isWildcard: true)
        } else if let wildcard = recorded[next...].firstIndex(of: .wildcard) {
          pass(wildcard + 1)
        }
      }
    }

    private mutating func add(_ line: String, isWildcard: Bool = false) {
      lines.append(line)
      isBehindWildcard = isWildcard
    }

    mutating func take(_ place: Int, _ other: Int) {
      pass(place)
      if case .pattern = transcript.lines[place], pair.alignment.distance(place, other) == 0 {
        add(transcript.text[place])
      } else {
        add(TranscriptForm.text(pair.lines.came.lines[other]))
      }
      next = max(next, place + 1)
    }

    /// Goes on to a recorded line; wildcards on the way stay.
    mutating func pass(_ place: Int) {
      guard next < place else { return }
      for line in next..<place where transcript.lines[line] == .wildcard {
        add(transcript.text[line], isWildcard: true)
      }
      next = place
    }
  }
}
