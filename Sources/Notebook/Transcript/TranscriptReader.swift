import IndexDesign

/// Reads the transcript form back. Nothing is lost: what `TranscriptForm` wrote of a report is that report again.
enum TranscriptReader {
  /// The lines of one step's record, each by itself.
  ///
  /// - Parameter lines: without the `| ` of a notebook; context lines are not among them (`TranscriptContext`).
  /// - Throws: the first line that cannot be read. No lines at all are no error.
  static func lines(_ lines: [String]) throws(TranscriptError) -> [TranscriptLine] {
    var parser = TranscriptParser()
    var read: [TranscriptLine] = []
    read.reserveCapacity(lines.count)
    for line in lines { read.append(try parser.line(line)) }
    if !lines.isEmpty { try parser.end() }
    return read
  }
}

extension TranscriptLine {
  /// Whether it stands for other lines.
  var isWildcard: Bool {
    switch self {
    case .wildcard, .pattern: true
    default: false
    }
  }
}
