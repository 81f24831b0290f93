import Foundation
import IndexDesign
import Programs
import Reports
import Testing

@testable import Notebook
@testable import Shell

/// hypo-notebook(5) is written by hand; what it lists is held against the code.
@Suite struct NotebookManualTests {
  static let file = ManualPageTests.file.deletingLastPathComponent().appending(path: "hypo-notebook.5")

  let page: String

  init() throws { page = try String(contentsOf: Self.file, encoding: .utf8) }

  /// The lines of a section or subsection, up to the next one of its level.
  private func section(_ title: String) throws -> [String] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let head = try #require(
      lines.firstIndex { $0 == ".Sh \(title)" || $0 == ".Ss \(title)" }, "there is no section \(title)")
    let isEnd = { (line: String) in
      line.hasPrefix(".Sh ") || (lines[head].hasPrefix(".Ss ") && line.hasPrefix(".Ss "))
    }
    return Array(lines[(head + 1)...].prefix { !isEnd($0) })
  }

  /// What stands behind a macro at the beginning of lines, such as `.It Cm `.
  private func items(_ macro: String, in title: String) throws -> [String] {
    try section(title).filter { $0.hasPrefix(macro) }.map { String($0.dropFirst(macro.count)) }
  }

  private func words(_ text: String) -> [String] { text.split { " ,".contains($0) }.map(String.init) }

  @Test(arguments: ["hypo.1", "hypo-notebook.5"]) func `mandoc has nothing to warn of`(name: String) throws {
    let path = Self.file.deletingLastPathComponent().appending(path: name).path
    let mandoc = try Executables.find("mandoc")
    let output = try Program(mandoc, ["-T", "lint", "-W", "warning", path]).run()
    #expect(output == ProgramOutput(status: .exited(0), standardOutput: "", standardError: ""))
  }

  @Test func `the headers are those that are read`() throws {
    let names = try items(".It Cm ", in: "HEADERS").compactMap { words($0).first }
    #expect(names == NotebookHeader.names)
  }

  @Test func `the guards are those that are read`() throws {
    let names = try items(".It Cm ", in: "GUARDS").flatMap(words)
    #expect(names.sorted() == NotebookGuard.words.sorted())
  }

  @Test func `the comparisons are those that are read`() throws {
    let signs = Set(Comparison.allCases.map(\.rawValue))
    for title in ["GUARDS", "EXPECTATIONS"] {
      let written = try section(title).filter { $0.hasPrefix(".Li <") }.flatMap { words($0) }
      #expect(Set(written).subtracting([".Li", "."]) == signs, "\(title)")
    }
  }

  @Test func `the predicates are those that are read`() throws {
    let described = try items(".It Li ", in: "EXPECTATIONS").map {
      $0.replacing("\\(dq", with: "\"")
    }
    let read = try NotebookExpectation.examples.map { example in
      let words = ["N": "1", "N%": "1%", "@n": "@1", "%n": "%1", "TABLE": "t", "NAME": "i", "CODE": "42P01"]
      let text = example.split(separator: " ").map { words[String($0)] ?? String($0) }.joined(separator: " ")
        .replacing("VALUE", with: "1")
      return Self.item(of: try NotebookExpectation(typed: text).predicate)
    }
    #expect(described == read)
  }

  /// How the manual writes a predicate. A new one does not compile before it is there.
  private static func item(of predicate: NotebookExpectation.Predicate) -> String {
    switch predicate {
    case .cost: "cost @n OP N"
    case .drop: "cost @n drops OP N%"
    case .usesIndex: "plan @n uses index %n|NAME"
    case .hasNode(_, _, wanted: true): "plan @n has \"NODE\""
    case .hasNode(_, _, wanted: false): "plan @n lacks \"NODE\""
    case .noSequentialScan: "no seq scan on TABLE"
    case .noRegression: "no regression"
    case .indexValid: "index NAME valid"
    case .noIndex: "no index NAME"
    case .role: "role ROLE"
    case .error: "error CODE"
    case .comparison: "OPERAND OP OPERAND"
    }
  }

  @Test func `the reactions to a failure are those that are read`() throws {
    let item = try #require(items(".It Ic on-fail Cm ", in: "STEERING").first)
    let names = words(item).filter { $0 != "|" }
    #expect(names.sorted() == FailureReaction.allCases.map(\.rawValue).sorted())
  }

  @Test func `the kinds of tolerances are those that are read`() throws {
    let kinds = try items(".It Cm ", in: "COMPARISON").compactMap { words($0).first }
    #expect(kinds.sorted() == NotebookTolerance.Field.allCases.map(\.rawValue).sorted())
  }

  @Test func `the tolerances are those that count by default`() throws {
    let defaults = Tolerances()
    let written = try section("COMPARISON").filter { $0.hasPrefix(".It Cm ") }.compactMap {
      $0.components(separatedBy: " Ta ").last?.prefix { !";,".contains($0) }
    }
    let counting = [
      defaults.cost, defaults.rows, defaults.bytes, defaults.milliseconds, defaults.count, defaults.share,
    ]
    #expect(written.map(String.init) == counting.map(Self.words))
  }

  private static func words(_ tolerance: Tolerance) -> String {
    switch tolerance {
    case .any: "any"
    case .exact: "the same"
    case .relative(let share): "\(TranscriptNumber.text(share * 100))%"
    case .absolute(let most): TranscriptNumber.text(most)
    }
  }

  @Test func `the words of the transcript form are those that are read`() throws {
    let names = try items(".It Cm ", in: "Reports and blocks").flatMap { item in
      item == "recorded , statistics" ? words(item) : Array(words(item).prefix(1))
    }
    #expect(names.sorted() == TranscriptWord.keywords)
    let plans = try items(".Cm ", in: "Plans").flatMap(words)
    let marks = ["index", "workers", "removed", "parallel", "async"]
    #expect(plans.filter { $0 != "and" } == StepProperty.allCases.map(\.rawValue) + marks)
  }

  @Test func `the example is a notebook that can be read`() throws {
    let notebook = try CheckedNotebook(Notebook(parsing: Self.example(page)), values: Self.values).notebook
    #expect(notebook.source.lineCount == 25 && notebook.header.parameters.map(\.name) == ["customer"])
    for step in notebook.steps { _ = try Transcript(reading: notebook.recorded(step)) }
  }

  /// The values that its parameters have unasked.
  static var values: NotebookValues {
    var values = NotebookValues()
    values["customer"] = "42"
    return values
  }

  /// The notebook in the section EXAMPLES.
  static func example(_ page: String) throws -> String {
    let examples = try #require(page.range(of: ".Sh EXAMPLES"))
    let begin = try #require(page[examples.upperBound...].range(of: "-compact\n"))
    let end = try #require(page[begin.upperBound...].range(of: ".Ed"))
    return String(page[begin.upperBound..<end.lowerBound]).replacing("\\(dq", with: "\"")
  }
}
