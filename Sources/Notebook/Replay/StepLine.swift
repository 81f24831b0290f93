import IndexDesign
import Reports
public import Terminal

/// How a step ended, as a line of a replay and what stands below it.
public struct StepLine {
  /// The notebook, as it was named.
  public let file: String
  /// How many steps there are.
  public let count: Int
  /// Whether what came is taken as the new record.
  public var isBlessed = false

  /// Lines of a notebook's steps.
  ///
  /// - Parameters:
  ///   - file: the notebook, as it was named.
  ///   - count: how many steps there are.
  ///   - isBlessed: whether what came is taken as the new record.
  public init(file: String, count: Int, isBlessed: Bool = false) {
    (self.file, self.count, self.isBlessed) = (file, count, isBlessed)
  }

  /// `ok    7/25  orders.hypo:42  explain @1  12 ms`, and what is to be said of it.
  public func lines(_ result: StepResult, width: Int?) -> [StyledText] {
    let command =
      Secrets.isHeld(in: result.text)
      ? "… (not shown: it holds a password)" : CellText.oneLine(result.step.command)
    let head = head(result)
    let tail = StyledText("  \(Self.time(result))", .dim)
    let room = width.map { max(12, $0 - (head + tail).text.count) } ?? 100
    let shown = command.count > room ? command.prefix(room - 1) + "…" : command[...]
    return [head + StyledText(String(shown)) + tail]
      + details(result).flatMap { line in
        width.map { line.folded(to: $0, indent: 9) } ?? [line]
      }
  }

  /// The same without the command, for below what it gave.
  public func ending(_ result: StepResult) -> StyledText {
    head(result) + StyledText(Self.time(result), .dim)
  }

  private func head(_ result: StepResult) -> StyledText {
    let (word, style) = Self.word(result.outcome)
    let number = "\(result.step.number)"
    let place = String(repeating: " ", count: max(0, "\(count)".count - number.count)) + "\(number)/\(count)"
    return StyledText(word.padding(to: 6), style)
      + StyledText("\(place)  \(file):\(result.step.line)  ", .dim)
  }

  private static func time(_ result: StepResult) -> String {
    NumberText.duration(
      milliseconds: Double(result.finished.microsecondsSinceEpoch - result.started.microsecondsSinceEpoch)
        / 1_000)
  }

  private static func word(_ outcome: StepResult.Outcome) -> (String, Style) {
    switch outcome {
    case .ok, .foreseen: ("ok", .good)
    case .drift: ("DRIFT", .warning)
    case .failed: ("FAIL", .bad)
    case .warned: ("WARN", .warning)
    case .skipped: ("skip", .dim)
    }
  }

  private func details(_ result: StepResult) -> [StyledText] {
    switch result.outcome {
    case .ok: []
    case .foreseen(let failure):
      [Self.detail("failed as expected", failure.message + (failure.sqlState.map { " (\($0))" } ?? ""))]
    case .skipped(let unmet): [Self.detail("guard", "\(unmet.text) does not hold here")]
    case .drift(let drift):
      drift.differences.flatMap(Self.lines) + drift.explanations.map { Self.detail("perhaps because", $0) }
        + (isBlessed
          ? [] : [Self.detail("hint", "replay --bless takes what came as the new record, when it is right")])
    case .failed(let failure), .warned(let failure): lines(failure, result)
    }
  }

  private static func lines(_ difference: Difference) -> [StyledText] {
    [
      StyledText("       ") + StyledText(difference.path, .strong)
        + StyledText("  \(difference.reason)", .dim)
    ]
      + (difference.recorded.map { [detail("recorded", $0)] } ?? [])
      + (difference.came.map { [detail("came", $0)] } ?? [])
  }

  private func lines(_ failure: Failure, _ result: StepResult) -> [StyledText] {
    guard result.step.isExpectation, failure.status == .expectation else {
      return ErrorText.lines(failure, origin: .init(file: file, line: result.step.line)).map {
        StyledText("       ") + $0
      }
    }
    let predicate =
      result.step.command.split(separator: " ", maxSplits: 1).last.map(String.init) ?? result.text
    return [Self.detail("expected", predicate), Self.detail("came", failure.detail ?? failure.message)]
      + (failure.hint.map { [Self.detail("hint", $0)] } ?? [])
  }

  private static func detail(_ name: String, _ text: String) -> StyledText {
    StyledText("       \(name): ", .dim) + StyledText(CellText.oneLine(text))
  }
}

extension String {
  /// With blanks behind it up to a number of characters.
  fileprivate func padding(to count: Int) -> String {
    self + String(repeating: " ", count: max(1, count - self.count))
  }
}
