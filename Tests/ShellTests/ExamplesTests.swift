import Foundation
import Notebook
import Programs
import Reports
import Sandbox
import TestSupport
import Testing

@testable import Shell

@Suite struct ExamplesTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "examples")

  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".hypo") }.sorted()
  }

  @Test func `the worked example is there`() throws {
    #expect(try Self.names().contains("orders.hypo"))
  }

  @Test func `every example is a notebook with a title and prose`() throws {
    for name in try Self.names() {
      let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      do {
        let notebook = try CheckedNotebook(Notebook(parsing: text)).notebook
        #expect(text.hasPrefix("#: hypo 1\n"), "\(name)")
        #expect(notebook.header.title != nil, "\(name)")
        #expect(notebook.parts.contains { if case .prose = $0 { true } else { false } }, "\(name)")
      } catch {
        Issue.record("\(name):\(error.line): \(error.failure.message)")
      }
    }
  }

  @Test func `prose of an example fits a terminal of eighty columns`() throws {
    for name in try Self.names() {
      let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      where !line.hasPrefix("|") {
        #expect(line.count <= 82, "\(name):\(index + 1)")
      }
    }
  }

  /// Fewer orders than a person's sandbox has, so that it is made in seconds; enough for the same plans.
  static let scale = SandboxScale(customers: 50_000, products: 2_000, orders: 300_000, rounds: 10)

  @Test func `the worked example and the manual's replay twice in a row with the same result`() throws {
    let state = try TemporaryFolder()
    let sandbox = Sandbox(directory: "\(state.path)/hypo/sandbox", scale: Self.scale)
    _ = try sandbox.start()
    defer { try? sandbox.remove(force: true) }
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_STATE_HOME"] = state.path
    let manual = "\(state.path)/manual.hypo"
    try NotebookManualTests.example(String(contentsOf: NotebookManualTests.file, encoding: .utf8))
      .write(toFile: manual, atomically: true, encoding: .utf8)
    let worked = Self.folder.appending(path: "orders.hypo").path
    for (file, result) in [
      (worked, "15 commands, 10 expectations held"), (manual, "8 commands, 4 expectations held"),
    ] {
      let replay = Program(
        BuiltProducts.path(of: "hypo"), ["replay", file, "sandbox", "--yes"], environment: environment)
      for _ in 1...2 {
        let output = try replay.output(timeout: Patience.limit * 5)
        let told = output.standardError.split(separator: "\n").filter { !$0.hasPrefix("evidence: ") }
        // The manual's ends with a failure that is expected, and told.
        #expect(told.isEmpty == (file == worked), "\(told)")
        #expect(output.status == .exited(0))
        #expect(output.standardOutput.split(separator: "\n").last == "\(file): \(result)")
      }
    }
  }
}
