import Foundation
import Programs
import TestSupport
import Testing

/// What code outside of IndexDesign can do with a permit is what the compiler lets it do, so the compiler is asked.
@Suite struct ForgedPermitTests {
  private static let program = """
    import Changes
    import IndexDesign
    import Server

    func honest(_ plan: ChangePlan, _ runner: ChangeRunner, _ moment: Moment) throws {
      let permit = try GoverningPolicies([]).permit(plan, .saidYes, at: moment)
      _ = try runner.run(plan, by: permit, at: moment.time)
    }

    """

  /// The errors that the compiler has against a program of code that no room may write.
  private static func errors(_ forged: String) throws -> [String] {
    let folder = try TemporaryFolder()
    let file = folder.path + "/forged.swift"
    try (program + forged).write(toFile: file, atomically: true, encoding: .utf8)
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources").path
    let shims = ["CPgQuery", "CLibPQ"].flatMap {
      ["-Xcc", "-fmodule-map-file=\(sources)/\($0)/module.modulemap"]
    }
    let output = try Program(
      try Executables.find("swiftc"),
      ["-c", "-o", folder.path + "/forged.o", "-swift-version", "6", "-I", BuiltProducts.path(of: "Modules")]
        + ["-Xcc", "-I/usr/include/postgresql"] + shims + [file]
    ).output(timeout: .seconds(120))
    let lines = (output.standardError + output.standardOutput).split(separator: "\n")
    return lines.filter { $0.hasPrefix(file) && $0.contains(": error: ") }.map {
      String($0[$0.range(of: ": error: ")!.upperBound...])
    }
  }

  @Test func `code that asks the policies compiles`() throws {
    #expect(try Self.errors("") == [])
  }

  @Test func `nobody else can make a permit`() throws {
    let errors = try Self.errors(
      """
      func forge(_ plan: ChangePlan, _ time: Timestamp) -> Permit {
        Permit(plan, targets: [], .saidYes, given: time, closing: nil)
      }
      """)
    #expect(errors == ["'Permit' initializer is inaccessible due to 'fileprivate' protection level"])
  }

  @Test func `a permit is used up by its run`() throws {
    let errors = try Self.errors(
      """
      func twice(_ plan: ChangePlan, _ runner: ChangeRunner, _ permit: consuming Permit, _ time: Timestamp) throws {
        _ = try runner.run(plan, by: permit, at: time)
        _ = try runner.run(plan, by: permit, at: time)
      }
      """)
    #expect(errors == ["'permit' consumed more than once"])
  }

  @Test func `a permit cannot be changed, and no plan runs without one`() throws {
    let errors = try Self.errors(
      """
      func change(_ plan: ChangePlan, _ permit: inout Permit, _ time: Timestamp) { permit.expires = time }
      func bare(_ plan: ChangePlan, _ runner: ChangeRunner, _ time: Timestamp) throws {
        _ = try runner.run(plan, at: time)
      }
      """)
    #expect(
      errors == [
        "cannot assign to property: 'expires' is a 'let' constant",
        "missing argument for parameter 'by' in call",
      ])
  }
}
