import IndexDesign

/// A `.hypo` file, or a script: prose, commands and what was recorded of them.
struct Notebook: Equatable {
  /// A part of the file, in order.
  enum Step: Equatable {
    /// A `#:` line, without the mark.
    case header(String, line: Int)
    /// Lines of prose, Markdown, without their `# `.
    case prose([String], line: Int)
    /// A whole command and the line on which it begins.
    case command(String, line: Int)
  }

  /// Why a file cannot be run at all.
  struct ParseError: Error, Equatable {
    var failure: Failure
    var line: Int
    /// What the last command leaves open; nil when something else is wrong.
    var open: String?
  }

  private(set) var steps: [Step] = []

  /// Reads a whole file; nothing runs.
  ///
  /// Recorded output (`| …`) is passed over. Line ends may be CRLF, and a byte order mark may lead.
  /// - Throws: `ParseError` with the line: a newer format, or a command that does not end.
  init(parsing text: String) throws(ParseError) {
    var pending: (lines: [String], line: Int)?
    for (index, line) in Self.lines(of: text).enumerated() {
      if let open = pending {
        let isOpen = Completeness.of(Completeness.joined(open.lines)) != .complete
        let isIndented = line.first?.isWhitespace == true && !line.allSatisfy(\.isWhitespace)
        if isOpen || isIndented {
          pending?.lines.append(line)
          continue
        }
        finish(&pending)
      }
      try read(line, index + 1, &pending)
    }
    if let open = pending, case .open(let symbol) = Completeness.of(Completeness.joined(open.lines)) {
      throw ParseError(failure: Self.unfinished(symbol), line: open.line, open: symbol)
    }
    finish(&pending)
  }

  /// Bytes, not characters: to Swift CRLF is one character.
  private static func lines(of text: String) -> [String] {
    var text = text[...]
    if text.unicodeScalars.first == "\u{FEFF}" { text = Substring(text.unicodeScalars.dropFirst()) }
    return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
  }

  private mutating func read(
    _ line: String, _ number: Int, _ pending: inout (lines: [String], line: Int)?
  ) throws(ParseError) {
    if line.hasPrefix("#:") {
      let header = String(line.dropFirst(2).drop(while: \.isWhitespace))
      if header.hasPrefix("hypo "), header != "hypo 1" {
        throw ParseError(
          failure: Failure(.script, "this notebook is of another format: \(header)", hint: "upgrade hypo"),
          line: number)
      }
      steps.append(.header(header, line: number))
    } else if line.hasPrefix("#") {
      let prose = line.hasPrefix("# ") ? String(line.dropFirst(2)) : String(line.dropFirst())
      if case .prose(let lines, let start)? = steps.last {
        steps[steps.count - 1] = .prose(lines + [prose], line: start)
      } else {
        steps.append(.prose([prose], line: number))
      }
    } else if !line.hasPrefix("|"), !line.allSatisfy(\.isWhitespace) {
      pending = ([line], number)
    }
  }

  private mutating func finish(_ pending: inout (lines: [String], line: Int)?) {
    if let open = pending { steps.append(.command(Completeness.joined(open.lines), line: open.line)) }
    pending = nil
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
