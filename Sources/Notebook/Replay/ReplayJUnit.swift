import IndexDesign
public import Reports
import Terminal

/// The list of tests that CI systems read: a test case a step.
///
/// A drift is a failure when it is one of the run. Source: the JUnit format as Jenkins' schema has it.
public final class ReplayJUnit: NotebookWatcher {
  private let write: (String) throws -> Void
  private let notebook: String
  private let isStrict: Bool
  private var cases: [Markup] = []
  private var failures = 0
  private var skipped = 0
  private var isWritten = false
  private var microseconds: Int64 = 0

  /// Gathers the steps of a notebook.
  ///
  /// - Parameters:
  ///   - notebook: its file, as it was named.
  ///   - isStrict: whether a drift and a failure that was passed over are failures.
  ///   - write: takes the whole list, once, when the run has ended.
  public init(notebook: String, isStrict: Bool, write: @escaping (String) throws -> Void) {
    (self.notebook, self.isStrict, self.write) = (notebook, isStrict, write)
  }

  /// Takes a step as a test case.
  public func ended(_ result: StepResult) {
    let time = result.finished.microsecondsSinceEpoch - result.started.microsecondsSinceEpoch
    microseconds += time
    let command = Secrets.isHeld(in: result.text) ? "…" : CellText.oneLine(result.step.command)
    let name = "\(result.step.number) \(command)"
    let attributes: Markup.Attributes = [
      "classname": notebook, "name": name, "file": notebook, "line": "\(result.step.line)",
      "time": Self.seconds(time),
    ]
    let body = body(result)
    cases.append(
      body.isEmpty
        ? .empty("testcase", attributes) : .element("testcase", attributes, "\n      ", body, "\n    "))
  }

  private func body(_ result: StepResult) -> Markup {
    switch result.outcome {
    case .ok, .foreseen: return ""
    case .skipped(let unmet):
      skipped += 1
      return .empty("skipped", ["message": "\(unmet.text) does not hold"])
    case .failed(let failure): return self.failure(failure, at: result.step.line)
    case .warned(let failure):
      if isStrict { return self.failure(failure, at: result.step.line) }
      return .element("system-out", Markup("warning: " + failure.message))
    case .drift(let drift):
      let text = drift.differences.map(\.description) + drift.explanations
      guard isStrict else {
        return .element("system-out", Markup("drift: " + text.joined(separator: "\n")))
      }
      failures += 1
      return Self.element("failure", "drift", text.joined(separator: "\n"))
    }
  }

  private func failure(_ failure: Failure, at line: Int) -> Markup {
    let failure = ErrorText.withoutSecrets(failure)
    failures += 1
    let text = ErrorText.lines(failure, origin: .init(file: notebook, line: line)).map(\.text)
    return Self.element("failure", failure.message, text.joined(separator: "\n"))
  }

  /// A run that ended otherwise than by a step is an error of the whole.
  public func finish(_ failure: Failure?) throws {
    let isError = failure != nil && failures == 0
    if isError, let failure = failure.map(ErrorText.withoutSecrets) {
      let text = ErrorText.lines(failure).map(\.text).joined(separator: "\n")
      cases.append(
        .element(
          "testcase", ["classname": notebook, "name": "the run"], "\n      ",
          Self.element("error", failure.message, text), "\n    "))
    }
    func counts(_ name: String?) -> Markup.Attributes {
      [
        "name": name, "tests": "\(cases.count)", "failures": "\(failures)", "errors": isError ? "1" : "0",
        "skipped": "\(skipped)", "time": Self.seconds(microseconds),
      ]
    }
    let suite = Markup.element(
      "testsuite", counts(notebook), .line, cases.map { "    " + $0 + .line }.joined(), "  ")
    let document = .xmlDeclaration + .element("testsuites", counts(nil), "\n  ", suite, .line) + .line
    if isWritten { return }
    isWritten = true
    try write(document.source)
  }

  private static func element(_ name: StaticString, _ message: String, _ text: String) -> Markup {
    .element(name, ["message": message], Markup(text))
  }

  /// With six digits behind the point; a clock that was set back gives 0.
  private static func seconds(_ microseconds: Int64) -> String {
    let (whole, rest) = max(0, microseconds).quotientAndRemainder(dividingBy: 1_000_000)
    return "\(whole).\(String(1_000_000 + rest).dropFirst())"
  }
}
