import Glibc
import Storage
import TestSupport
import Testing

@Suite struct SharedLinesTests {
  let folder: TemporaryFolder
  let file: SharedLines

  init() throws {
    folder = try TemporaryFolder()
    file = SharedLines(folder.path + "/history", named: "the history")
  }

  @Test(arguments: ["select 1", "select\n\n1", #"\d orders"#, #"a\nb\"#, "größe 表 👍", "a\tb\r"])
  func `an entry comes back as it was`(entry: String) throws {
    try file.append("first")
    try file.append(entry)
    #expect(try file.entries() == ["first", entry])
  }

  @Test func `the file is text with one entry a line`() throws {
    try file.append("select\n'größe'")
    try file.append(#"\d"#)
    #expect(try folder.read("history") == "select\\n'größe'\n\\\\d\n")
  }

  @Test func `no file is an empty history`() throws {
    #expect(try file.entries() == [])
  }

  @Test func `only the owner may read it, even if that was different before`() throws {
    try folder.write("old\n", to: "history")
    chmod(file.path, 0o644)
    try file.append("new")
    var status = stat()
    stat(file.path, &status)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try file.entries() == ["old", "new"])
  }

  @Test func `other entries take the place of all that are there`() throws {
    for number in 1...6 { try file.append("\(number)") }
    try file.rewrite { $0.count > 6 ? [] : nil }
    #expect(try file.entries().count == 6)
    try file.rewrite { Array($0.suffix(2)) + ["a\nb"] }
    #expect(try file.entries() == ["5", "6", "a\nb"])
    #expect(try folder.mode("history") == 0o600)
    #expect(try folder.contents() == ["history"])
  }

  @Test func `a link stays one when its file is replaced`() throws {
    try folder.write("1\n2\n", to: "elsewhere")
    symlink("elsewhere", file.path)
    try file.rewrite { Array($0.suffix(1)) }
    #expect(try folder.read("elsewhere") == "2\n")
    #expect(try folder.contents() == ["elsewhere", "history"])
  }

  @Test func `half a line that another process has left does not swallow the next entry`() throws {
    try folder.write("one\ntw", to: "history")
    try file.append("three")
    #expect(try file.entries() == ["one", "tw", "three"])
  }

  @Test func `two writers lose nothing while the file is cut back`() async throws {
    let path = file.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<2 {
        group.addTask {
          let own = SharedLines(path, named: "the history")
          for number in 0..<200 {
            try own.append("\(writer) \(number)")
            if number % 50 == 0 { try own.rewrite { $0 } }
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = try file.entries()
    #expect(entries.count == 400)
    #expect(entries.filter { $0.hasPrefix("1 ") } == (0..<200).map { "1 \($0)" })
  }

  @Test func `a file that cannot be opened is told with its name`() throws {
    let path = "\(folder.path)/none/history"
    let missing = SharedLines(path, named: "the history")
    #expect(try missing.entries() == [])
    #expect(
      throws: StorageError(
        .notWritable, "could not write the history \"\(path)\": there is no such file or folder",
        underlying: "No such file or directory")
    ) { try missing.append("x") }
    #expect(
      throws: StorageError(
        .notWritable, "could not shorten the history \"\(path)\": there is no such file or folder",
        underlying: "No such file or directory")
    ) { try missing.rewrite { $0 } }
  }
}
