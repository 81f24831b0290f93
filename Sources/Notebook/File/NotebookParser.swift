import IndexDesign
import Reports

/// Reads a notebook from its first line to its last; each line is looked at once.
struct NotebookParser {
  private let source: NotebookSource
  private let language: NotebookLanguage
  private(set) var header = NotebookHeader()
  private(set) var parts: [Notebook.Part] = []
  private var stepCount = 0

  init(_ source: NotebookSource, _ language: NotebookLanguage) {
    (self.source, self.language) = (source, language)
  }

  mutating func read() throws(Notebook.ParseError) {
    var index = 0
    while index < source.lineCount {
      let line = source.line(index)
      switch line.first {
      case UInt8(ascii: "#") where line.dropFirst().first == UInt8(ascii: ":"): try readHeader(index)
      case UInt8(ascii: "#"): appendProse(index)
      case UInt8(ascii: "|"): try appendOutput(index)
      case _ where line.allSatisfy(\.isWhiteSpace): appendBlank(index)
      default:
        index = try readCommand(from: index)
        continue
      }
      index += 1
    }
  }

  private mutating func readHeader(_ index: Int) throws(Notebook.ParseError) {
    let text = source.text(ofLine: index)
    do throws(Failure) {
      if stepCount > 0 {
        throw Failure(.script, "a header comes after a command", hint: "put it above the first command")
      }
      try header.read(text, isFirst: !parts.contains { if case .header = $0 { true } else { false } })
    } catch { throw Notebook.ParseError(failure: error, line: index + 1) }
    parts.append(.header(line: index))
  }

  private mutating func appendProse(_ index: Int) {
    if case .prose(let lines)? = parts.last {
      parts[parts.count - 1] = .prose(lines: lines.lowerBound..<index + 1)
    } else {
      parts.append(.prose(lines: index..<index + 1))
    }
  }

  private mutating func appendBlank(_ index: Int) {
    if case .blank(let lines)? = parts.last {
      parts[parts.count - 1] = .blank(lines: lines.lowerBound..<index + 1)
    } else {
      parts.append(.blank(lines: index..<index + 1))
    }
  }

  /// Output belongs to the command above it, and so do blank lines between them.
  private mutating func appendOutput(_ index: Int) throws(Notebook.ParseError) {
    if case .blank? = parts.last, case .step? = parts.dropLast().last { parts.removeLast() }
    guard case .step(var step)? = parts.last else {
      throw Notebook.ParseError(
        failure: Failure(
          .script, "recorded output that belongs to no command",
          hint: "a line that begins with | belongs below the command that gave it; nothing was run"),
        line: index + 1)
    }
    step.outputLines = step.outputLines.lowerBound..<index + 1
    parts[parts.count - 1] = .step(step)
  }

  /// Reads a command and the lines on which it goes on.
  ///
  /// - Returns: the line behind it.
  private mutating func readCommand(from first: Int) throws(Notebook.ParseError) -> Int {
    let (guards, start) = try readGuards(first)
    var command = CommandLines(runsToSemicolon: language.runsToSemicolon)
    command.append(source.line(first)[start...])
    var index = first + 1
    while index < source.lineCount {
      let line = source.line(index)
      let isIndented = line.first?.isWhiteSpace == true && !line.allSatisfy(\.isWhiteSpace)
      guard isIndented || command.open != nil else { break }
      command.append(line)
      index += 1
    }
    if let symbol = command.open {
      throw Notebook.ParseError(failure: Self.unfinished(symbol), line: first + 1, open: symbol)
    }
    stepCount += 1
    parts.append(
      .step(
        .init(
          number: stepCount, guards: guards, command: command.text, effects: language.effects(command.text),
          goesToFile: language.goesToFile(command.text), isSQL: language.isSQL(command.text),
          commandLines: first..<index,
          outputLines: index..<index)))
    return index
  }

  private func readGuards(_ index: Int) throws(Notebook.ParseError) -> (guards: [NotebookGuard], rest: Int) {
    var guards: [NotebookGuard] = []
    var rest = source.line(index)
    while rest.first == UInt8(ascii: "[") {
      let place = rest.startIndex - source.line(index).startIndex
      do throws(Failure) {
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
          throw Failure(
            .script, "[ is not closed", hint: "a guard is a condition in brackets: [postgresql>=16]")
        }
        guards.append(
          try NotebookGuard(
            String(decoding: rest[rest.index(after: rest.startIndex)..<end], as: UTF8.self),
            in: source.text(ofLine: index), at: place + 1))
        rest = rest[(end + 1)...].drop(while: \.isWhiteSpace)
        if rest.isEmpty {
          throw Failure(.script, "there is no command after the guard", hint: "for example: [aurora] verify")
        }
      } catch { throw Notebook.ParseError(failure: error, line: index + 1) }
    }
    return (guards, rest.startIndex)
  }

  private static func unfinished(_ symbol: String) -> Failure {
    let what: String =
      switch symbol {
      case ";": "a statement does not end"
      case "\\": "the last line ends with a backslash"
      default: "\(symbol) is not closed"
      }
    return Failure(
      .script, "\(what) before the end of the file",
      hint: symbol == ";" ? "end it with a semicolon; nothing was run" : "close it; nothing was run")
  }
}

extension UInt8 {
  /// A blank, a tab, or another sign that only moves on.
  var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
