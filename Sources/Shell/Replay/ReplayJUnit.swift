import Foundation
import IndexDesign
import Notebook
import Reports
import Storage
import Terminal

/// The list of tests that CI systems read: a test case a step.
///
/// A drift is a failure when it is one of the run. Source: the JUnit format as Jenkins' schema has it.
final class ReplayJUnit: NotebookWatcher {
  private let file: ReplacedFile
  private let notebook: String
  private let isStrict: Bool
  private var cases: [String] = []
  private var failures = 0
  private var skipped = 0
  private var isWritten = false
  private var seconds = 0.0

  /// Makes sure that the file can be written, before anything runs.
  ///
  /// - Throws: `Failure` with what is in the way.
  init(_ path: String, notebook: String, isStrict: Bool) throws(Failure) {
    guard Publication.real(path) != Publication.real(notebook) else {
      throw Failure(
        .script, "could not write \"\(path)\": it is the notebook itself", hint: "name another file")
    }
    file = try NamedFile.replaced(path, home: nil)
    (self.notebook, self.isStrict) = (notebook, isStrict)
  }

  func ended(_ result: NotebookRun.Result) {
    let time = Double(result.finished.microsecondsSinceEpoch - result.started.microsecondsSinceEpoch) / 1e6
    seconds += time
    let command = Secrets.isHeld(in: result.text) ? "…" : CellText.oneLine(result.step.command)
    let name = "\(result.step.number) \(command)"
    let head =
      "    <testcase classname=\"\(Self.escaped(notebook))\" name=\"\(Self.escaped(name))\" "
      + "file=\"\(Self.escaped(notebook))\" line=\"\(result.step.line)\" time=\"\(Self.number(time))\""
    let body = body(result)
    cases.append(body.isEmpty ? head + "/>" : head + ">\n      \(body)\n    </testcase>")
  }

  private func body(_ result: NotebookRun.Result) -> String {
    switch result.outcome {
    case .ok, .foreseen: return ""
    case .skipped(let unmet):
      skipped += 1
      return "<skipped message=\"\(Self.escaped(unmet.text)) does not hold\"/>"
    case .failed(let failed):
      let failure = ErrorText.withoutSecrets(failed)
      failures += 1
      let text = ErrorText.lines(failure, origin: .init(file: notebook, line: result.step.line)).map(\.text)
      return Self.element("failure", failure.message, text.joined(separator: "\n"))
    case .warned(let failure):
      return "<system-out>\(Self.escaped("warning: " + failure.message))</system-out>"
    case .drift(let drift):
      let text = drift.differences.map(\.description) + drift.explanations
      guard isStrict else {
        return "<system-out>\(Self.escaped("drift: " + text.joined(separator: "\n")))</system-out>"
      }
      failures += 1
      return Self.element("failure", "drift", text.joined(separator: "\n"))
    }
  }

  /// A run that ended otherwise than by a step is an error of the whole.
  func finish(_ failure: Failure?) throws {
    let isError = failure != nil && failures == 0
    if isError, let failure = failure.map(ErrorText.withoutSecrets) {
      let text = ErrorText.lines(failure).map(\.text).joined(separator: "\n")
      cases.append(
        "    <testcase classname=\"\(Self.escaped(notebook))\" name=\"the run\">\n      "
          + Self.element("error", failure.message, text) + "\n    </testcase>")
    }
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(isError ? 1 : 0)\" skipped=\"\(skipped)\" time=\"\(Self.number(seconds))\""
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites \(counts)>
        <testsuite name="\(Self.escaped(notebook))" \(counts)>
      \(cases.joined(separator: "\n"))
        </testsuite>
      </testsuites>

      """
    if isWritten { return }
    isWritten = true
    try file.write(text)
    try file.finish()
  }

  private static func element(_ name: String, _ message: String, _ text: String) -> String {
    "<\(name) message=\"\(escaped(message))\">\(escaped(text))</\(name)>"
  }

  private static func number(_ seconds: Double) -> String { String(format: "%.6f", seconds) }

  /// XML knows no control characters but for tab and line feed.
  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "\t", "\n": result.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
