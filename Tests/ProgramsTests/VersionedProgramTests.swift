import Foundation
import Programs
import TestSupport
import Testing

@Suite struct VersionedProgramTests {
  /// A folder for each version, with a program that states it.
  private func folders(_ root: TemporaryFolder, _ answers: [String]) throws -> [String] {
    for (number, answer) in answers.enumerated() {
      try FileManager.default.createDirectory(
        atPath: "\(root.path)/\(number)", withIntermediateDirectories: false)
      try root.writeProgram("echo '\(answer)'; echo 'built by 99 people'", to: "\(number)/tool")
    }
    return answers.indices.map { "\(root.path)/\($0)" }
  }

  @Test(arguments: [
    (["tool (Suite) 15.18 (Debian 15.18-0)"], 15), (["17beta1"], 17), (["tool v3"], nil), ([""], nil),
  ])
  func `the first number of the first line is the version`(answers: [String], version: Int?) throws {
    let root = try TemporaryFolder()
    let folder = try folders(root, answers)[0]
    #expect(VersionedProgram(asking: "\(folder)/tool").majorVersion == version)
  }

  @Test func `the first one that is new enough is taken, else the newest`() throws {
    let root = try TemporaryFolder()
    let all = try folders(root, ["tool 13.2", "tool 9.6", "tool 15.1", "tool 18.0"])
    func found(_ version: Int, _ folders: [String]) throws -> String {
      String(try VersionedProgram.find("tool", atLeast: version, in: folders).path.dropFirst(root.path.count))
    }
    #expect(try found(13, all) == "/0/tool")
    #expect(try found(14, all) == "/2/tool")
    #expect(try found(16, all) == "/3/tool")
    #expect(try found(19, all) == "/3/tool")
    #expect(try found(19, ["/no/such/place", all[1], all[0], all[1]]) == "/0/tool")
  }

  @Test func `one that states no version is taken as it is`() throws {
    let root = try TemporaryFolder()
    let all = try folders(root, ["tool 9.6", "tool of mine", "tool 18.0"])
    #expect(
      try VersionedProgram.find("tool", atLeast: 15, in: all)
        == VersionedProgram(path: "\(all[1])/tool", majorVersion: nil))
  }

  @Test func `where there is none, the folders that were searched are named`() {
    #expect(
      throws: ProgramError(
        .notFound, "could not find the program \"hypo-none\"", detail: "searched /usr/bin, /bin")
    ) { try VersionedProgram.find("hypo-none", atLeast: 1, in: ["/usr/bin", "/bin"]) }
  }
}
