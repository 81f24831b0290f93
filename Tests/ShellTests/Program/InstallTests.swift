import Foundation
import Programs
import TestSupport
import Testing

/// `scripts/install`, with the program that was built together with the tests.
@Suite struct InstallTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scripts/install").path

  private func install(_ arguments: [String], root: String) throws -> ProgramOutput {
    try Program(
      "/bin/bash", [Self.script] + arguments, environment: ["PATH": "/usr/bin:/bin", "DESTDIR": root]
    )
    .output(timeout: Patience.limit)
  }

  private func installed() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let output = try install(
      ["--prefix", "/usr", "--program", BuiltProducts.path(of: "hypo")], root: folder.path)
    try #require(output.status == .exited(0), "\(output.standardError)")
    return folder
  }

  /// What bash offers behind the words; the last one is the one at the cursor.
  private func completions(_ words: [String], _ folder: TemporaryFolder) throws -> [String] {
    let script = """
      set -eu
      source "$1/usr/share/bash-completion/completions/hypo"
      shift
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMP_KEY=9
      _hypo "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let output = try Program("/bin/bash", ["-c", script, "bash", folder.path] + words).output(
      timeout: Patience.limit)
    #expect(output.standardError == "" && output.status == .exited(0))
    return output.standardOutput.split(separator: "\n").map(String.init)
  }

  @Test func `everything is put in its place, and the program runs there`() throws {
    let folder = try installed()
    let places = [
      "bin/hypo", "share/bash-completion/completions/hypo", "share/fish/vendor_completions.d/hypo.fish",
      "share/man/man1/hypo.1", "share/man/man5/hypo-notebook.5", "share/zsh/site-functions/_hypo",
    ]
    let found = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    #expect(
      found.filter { $0.split(separator: "/").last?.contains("hypo") == true }.sorted()
        == places.map { "usr/\($0)" })
    #expect(try Program("\(folder.path)/usr/bin/hypo", ["--version"]).run().standardOutput == "hypo 0.1.0\n")
    #expect(try folder.read("usr/share/zsh/site-functions/_hypo").hasPrefix("#compdef hypo\n"))
    #expect(try folder.read("usr/share/fish/vendor_completions.d/hypo.fish").contains("complete -c 'hypo'"))
  }

  @Test(arguments: [
    (["hypo", "re"], ["replay", "render"]), (["hypo", "--yes", "sand"], ["sandbox"]),
    (["hypo", "sandbox", "st"], ["start", "stop", "status"]), (["hypo", "evidence", "c"], ["check"]),
    (["hypo", "replay", "--dr"], ["--dry-run"]),
    (["hypo", "--format", ""], ["aligned", "expanded", "json", "csv", "markdown", "html"]),
    (["hypo", "replay", "x.hypo", "--color", "a"], ["auto", "always"]),
  ])
  func `bash completes subcommands, flags and their values`(words: [String], wanted: [String]) throws {
    #expect(try completions(words, installed()) == wanted)
  }

  @Test func `what cannot be installed is told, and nothing is half done`() throws {
    let folder = try TemporaryFolder()
    let relative = try install(["--prefix", "usr"], root: folder.path)
    #expect(
      relative.standardError == "error: the prefix \"usr\" is no absolute path\nhint: begin it with a slash\n"
    )
    let missing = try install(["--program", "\(folder.path)/none"], root: folder.path)
    #expect(
      missing.standardError
        == "error: there is no program \"\(folder.path)/none\"\nhint: leave --program out to build one\n")
    let failing = try install(["--program", "/bin/false"], root: folder.path)
    #expect([relative.status, missing.status, failing.status] == [.exited(1), .exited(1), .exited(1)])
    #expect(try install(["--prefix"], root: folder.path).status == .exited(64))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
