import IndexDesign
public import Reports

/// A `.hypo` file, or a script: headers, prose, steps and what was recorded of them.
///
/// Each line of the file belongs to exactly one part, so that the file can be written back with only the recorded
/// output changed.
public struct Notebook: Equatable, Sendable {
  /// A part of the file, in order.
  public enum Part: Equatable, Sendable {
    /// Blank lines.
    case blank(lines: Range<Int>)
    /// A `#:` line.
    case header(line: Int)
    /// Lines of prose that follow one another.
    case prose(lines: Range<Int>)
    /// A command and what was recorded of it.
    case step(Step)
  }

  /// One whole command.
  public struct Step: Equatable, Sendable {
    /// Its place among the steps, from 1.
    public var number: Int
    /// What must hold for it to be run; empty for always.
    public var guards: [NotebookGuard]
    /// The command without its guards; lines that go on are joined.
    public var command: String
    /// What it does, as far as its first words tell.
    public var effects: Effects
    /// Whether its result goes to a file.
    public var goesToFile = false
    /// Whether it is a statement for the server rather than a command of hypo.
    public var isSQL = false
    /// The lines of the command, counted from 0.
    var commandLines: Range<Int>
    /// The lines that were recorded, blank lines before and between them included; empty when there are none.
    public var outputLines: Range<Int>

    /// The line on which it begins, from 1.
    public var line: Int { commandLines.lowerBound + 1 }
    /// Whether it is an expectation.
    public var isExpectation: Bool { effects.contains(.checks) }
  }

  /// Why a file cannot be run at all.
  public struct ParseError: Error, Equatable {
    /// What is wrong with it.
    public var failure: Failure
    /// The line, from 1.
    public var line: Int
    /// What the last command leaves open; nil when something else is wrong.
    public var open: String?

    /// What is wrong, and on which line.
    public init(failure: Failure, line: Int, open: String? = nil) {
      self.failure = failure
      self.line = line
      self.open = open
    }
  }

  /// The file.
  public let source: NotebookSource
  /// What the headers say.
  public let header: NotebookHeader
  /// All parts, which together are the whole file.
  public let parts: [Part]
  /// The commands in order.
  public let steps: [Step]

  /// Reads a whole file; nothing runs.
  ///
  /// - Parameter language: the commands that may stand in it.
  /// - Throws: `ParseError` with the line: a newer format, an unknown header or guard, recorded output before any
  ///   command, a command that does not end.
  public init(bytes: [UInt8], language: NotebookLanguage) throws(ParseError) {
    source = NotebookSource(bytes)
    if let problem = source.problem { throw ParseError(failure: problem.failure, line: problem.line) }
    var parser = NotebookParser(source, language)
    try parser.read()
    (header, parts) = (parser.header, parser.parts)
    steps = parts.compactMap { if case .step(let step) = $0 { step } else { nil } }
  }

  /// The Markdown of prose, without the marks.
  public func prose(_ lines: Range<Int>) -> [String] {
    lines.map { index in
      let line = source.line(index).dropFirst()
      return String(decoding: line.first == 0x20 ? line.dropFirst() : line, as: UTF8.self)
    }
  }

  /// What was recorded of a step: its lines without the mark, in order.
  public func recorded(_ step: Step) -> [String] {
    step.outputLines.compactMap { index in
      let line = source.line(index)
      guard line.first == UInt8(ascii: "|") else { return nil }
      let text = line.dropFirst()
      return String(decoding: text.first == 0x20 ? text.dropFirst() : text, as: UTF8.self)
    }
  }

  /// The line of the file, from 1, on which a line of a step's record stands.
  public func recordedLine(_ index: Int, of step: Step) -> Int {
    let lines = step.outputLines.filter { source.line($0).first == UInt8(ascii: "|") }
    return (index < lines.count ? lines[index] : step.outputLines.upperBound - 1) + 1
  }

  /// The file with other recorded output; every other line stays, byte for byte.
  ///
  /// - Parameter records: new lines by a step's number, without the mark; a step that is missing keeps its own.
  public func bytes(recording records: [Int: [String]]) -> [UInt8] {
    var bytes = Array(source.mark)
    let end = source.lineEnd
    func append(_ lines: Range<Int>) { bytes += source.bytes(ofLines: lines) }
    for part in parts {
      switch part {
      case .blank(let lines), .prose(let lines): append(lines)
      case .header(let line): append(line..<line + 1)
      case .step(let step):
        append(step.commandLines)
        guard let record = records[step.number] else {
          append(step.outputLines)
          continue
        }
        let blanks = step.outputLines.filter { source.line($0).first != UInt8(ascii: "|") }
        let leading = zip(blanks, step.outputLines).prefix { $0 == $1 }.map(\.0)
        for line in leading { append(line..<line + 1) }
        if !record.isEmpty, bytes.last != 0x0A { bytes += end }
        for line in record { bytes += Array((line.isEmpty ? "|" : "| " + line).utf8) + end }
        // Those between recorded lines have no place in the new ones.
        for line in blanks.dropFirst(leading.count) { append(line..<line + 1) }
      }
    }
    return bytes
  }
}
