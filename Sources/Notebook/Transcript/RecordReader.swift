import IndexDesign

/// Reads the record form back. Nothing is lost: what `RecordForm` wrote of a report is that report again.
enum RecordReader {
  /// The lines of one step's record, each by itself.
  ///
  /// - Parameter lines: without the `| ` of a notebook; context lines are not among them (`RecordContext`).
  /// - Throws: the first line that cannot be read. No lines at all are no error.
  static func lines(_ lines: [String]) throws(RecordError) -> [RecordLine] {
    var parser = RecordParser()
    var read: [RecordLine] = []
    read.reserveCapacity(lines.count)
    for line in lines { read.append(try parser.line(line)) }
    if !lines.isEmpty { try parser.end() }
    return read
  }
}

extension RecordLine {
  /// Whether it stands for other lines.
  var isWildcard: Bool {
    switch self {
    case .wildcard, .pattern: true
    default: false
    }
  }
}
