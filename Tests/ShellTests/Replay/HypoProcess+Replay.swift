import Foundation
import TestSupport

extension HypoProcess {
  /// Writes a notebook as `x.hypo` and replays it.
  ///
  /// - Returns: the run, its times masked as `T`.
  func replay(_ notebook: String, _ arguments: String...) throws -> Run {
    try folder.write(notebook, to: "x.hypo")
    return try replayAgain(arguments)
  }

  /// Replays `x.hypo` as it stands.
  func replayAgain(_ arguments: [String] = []) throws -> Run {
    var run = try run(["replay"] + arguments + ["x.hypo"])
    run.output = Self.withoutTimes(run.output)
    run.errors = run.errors.replacing(/evidence: .*\n/, with: "evidence: FILE\n")
    return run
  }

  /// What `x.hypo` holds, with the time and the versions of its records masked.
  var notebook: String {
    get throws {
      try folder.read("x.hypo")
        .replacing(/recorded \S+ postgresql \S+ hypopg \S+/, with: "recorded NOW")
        .replacing(/statistics (\w+) 2\S+/) { "statistics \($0.output.1) THEN" }
    }
  }

  private static func withoutTimes(_ output: String) -> String {
    output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.replacing(/^(ok|DRIFT|FAIL|WARN|skip) (.*  )[\d.,]+ (ms|s)$/) { "\($0.output.1) \($0.output.2)T" }
    }.joined(separator: "\n")
  }
}
