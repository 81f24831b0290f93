import Foundation
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
      let steps: [Notebook.Step]
      do { steps = try Notebook(parsing: text).steps } catch {
        Issue.record("\(name):\(error.line): \(error.failure.message)")
        continue
      }
      #expect(steps.first == .header("hypo 1", line: 1), "\(name)")
      #expect(
        steps.contains { if case .header(let header, _) = $0 { header.hasPrefix("title ") } else { false } },
        "\(name)")
      #expect(steps.contains { if case .prose = $0 { true } else { false } }, "\(name)")
    }
  }

  @Test func `prose of an example fits a terminal of eighty columns`() throws {
    for name in try Self.names() {
      let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        #expect(line.count <= 82, "\(name):\(index + 1)")
      }
    }
  }
}
