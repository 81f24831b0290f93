public import Reports

/// The transcript form: results as lines of text that lose nothing and can be read back.
///
/// It does not depend on the width of a screen, on colours, settings or the locale.
/// `TranscriptReader` reads it. Source: hypo-notebook(5), "Recorded output".
public enum TranscriptForm {
  /// The lines of a report, each without the `| ` of a notebook and without a line feed.
  ///
  /// - Precondition: no block is `.rows`, whose rows nobody holds; whoever records holds them as `.answer`.
  ///   Each row of a table has as many cells as the table has columns.
  public static func lines(of report: Report) -> [String] { TranscriptLine.lines(of: report).map(text) }

  /// The lines of a failure, likewise.
  public static func lines(of failure: Failure) -> [String] {
    TranscriptLine.lines(of: TranscribedFailure(failure)).map(text)
  }

  /// The lines of what was recorded, likewise.
  static func lines(of result: TranscribedResult) -> [String] { TranscriptLine.lines(of: result).map(text) }

  /// The lines of a result as they are put into a notebook.
  ///
  /// - Parameter grows: whether it is a list that is longer with each run; behind it stands a wildcard then.
  public static func recorded(_ result: TranscribedResult, grows: Bool) -> [String] {
    if grows, case .report = result { return lines(of: result) + ["..."] }
    return lines(of: result)
  }

  /// One line as it is written.
  static func text(_ line: TranscriptLine) -> String {
    var text = TranscriptText()
    text.write(line)
    return text.string
  }

  /// A cell as it is written in a table or behind a name: `12.3cost`, `orders`, `"text"`.
  static func text(_ cell: Cell) -> String {
    var text = TranscriptText()
    text.write(cell)
    return text.string
  }
}

/// What a step of a notebook came to: a report, or the failure that was meant to be.
public enum TranscribedResult: Equatable, Sendable {
  case report(Report)
  case failure(TranscribedFailure)
}

/// What is recorded of a failure: everything but the place in the typed text and how hypo would end.
public struct TranscribedFailure: Equatable, Sendable {
  /// The five-character SQLSTATE; nil when it is not the server's failure.
  public var sqlState: String?
  /// What failed and why.
  public var message: String
  /// More about the reason.
  public var detail: String?
  /// What to do next.
  public var hint: String?
}

extension TranscribedFailure {
  /// What is recorded of `failure`.
  public init(_ failure: Failure) {
    self.init(
      sqlState: failure.sqlState, message: failure.message, detail: failure.detail, hint: failure.hint)
  }
}
