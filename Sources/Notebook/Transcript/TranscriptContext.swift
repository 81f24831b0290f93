import Reports

/// Under what a step was recorded, so that a drift can be explained: lines in front of its results, which
/// are never compared.
public struct TranscriptContext: Equatable, Sendable {
  /// When and on what the step was recorded; nil when nothing was noted.
  public var origin: Origin?
  /// How old the statistics of relations were, in the order in which they stand.
  public var statistics: [Statistics] = []

  /// Circumstances, as far as they are known.
  public init(origin: Origin? = nil, statistics: [Statistics] = []) {
    self.origin = origin
    self.statistics = statistics
  }

  /// When and on what a step was recorded.
  public struct Origin: Equatable, Sendable {
    /// UTC, ISO 8601.
    public var time: String
    /// The server's version: `15.18`.
    public var postgresql: String
    /// HypoPG's version; nil when it was not there.
    public var hypopg: String?

    /// A server at a time.
    public init(time: String, postgresql: String, hypopg: String? = nil) {
      self.time = time
      self.postgresql = postgresql
      self.hypopg = hypopg
    }
  }

  /// How old the statistics of a relation were.
  public struct Statistics: Equatable, Sendable {
    /// The name as plans have it.
    public var relation: String
    /// The last ANALYZE, UTC, ISO 8601; nil for none.
    public var analyzed: String?

    /// The age of a relation's statistics.
    public init(relation: String, analyzed: String? = nil) {
      self.relation = relation
      self.analyzed = analyzed
    }
  }

  /// The context as lines: none when nothing is known.
  public var lines: [String] {
    var lines: [String] = []
    if let origin {
      var text = TranscriptText()
      text.write("recorded ")
      text.write(.timestamp(origin.time))
      text.write(" postgresql ")
      text.write(version: origin.postgresql)
      if let hypopg = origin.hypopg {
        text.write(" hypopg ")
        text.write(version: hypopg)
      }
      lines.append(text.string)
    }
    return lines
      + statistics.map { statistics in
        var text = TranscriptText()
        text.write("statistics ")
        text.write(.identifier(statistics.relation))
        text.write(" ")
        text.write(statistics.analyzed.map { .timestamp($0) } ?? .missing)
        return text.string
      }
  }

  /// Reads the context in front of a step's record.
  ///
  /// - Returns: the context, empty when there is none, and how many lines it takes: the record follows them.
  /// - Throws: when a line begins as a context line does and does not go on so.
  static func reading(_ lines: [String]) throws(TranscriptError) -> (context: TranscriptContext, length: Int)
  {
    var context = TranscriptContext()
    for (index, line) in lines.enumerated() {
      var scanner = TranscriptScanner(line, line: index)
      if scanner.take("recorded ") {
        guard index == 0 else { throw scanner.expected("recorded only in the first line", at: 0) }
        context.origin = try scanner.origin()
      } else if scanner.take("statistics ") {
        context.statistics.append(try scanner.statistics())
      } else {
        return (context, index)
      }
      try scanner.end()
    }
    return (context, lines.count)
  }
}

extension TranscriptText {
  fileprivate mutating func write(version: String) {
    if !version.isEmpty, version.utf8.allSatisfy(TranscriptWord.isServerNumberPart) {
      write(version)
    } else {
      write(quoted: version)
    }
  }
}

extension TranscriptScanner {
  fileprivate mutating func origin() throws(TranscriptError) -> TranscriptContext.Origin {
    let time = try timestamp()
    try require(" postgresql ")
    var origin = TranscriptContext.Origin(time: time, postgresql: try version())
    if take(" hypopg ") { origin.hypopg = try version() }
    return origin
  }

  fileprivate mutating func statistics() throws(TranscriptError) -> TranscriptContext.Statistics {
    let start = at
    guard case .identifier(let relation) = try cell() else { throw expected("a relation", at: start) }
    try require(" ")
    return .init(relation: relation, analyzed: take("-") ? nil : try timestamp())
  }

  private mutating func timestamp() throws(TranscriptError) -> String {
    let start = at
    guard let cell = try? cell(), case .timestamp(let time) = cell else {
      throw expected("a point in time", at: start)
    }
    return time
  }

  private mutating func version() throws(TranscriptError) -> String {
    if next == UInt8(ascii: "\"") { return try string() }
    let start = at
    while TranscriptWord.isServerNumberPart(next) { at += 1 }
    guard at > start else { throw expected("a version") }
    return text(start..<at)
  }
}
