import Glibc
import TestSupport
import Testing

@testable import Terminal

@Suite struct HistoryFileTests {
  let folder: TemporaryFolder
  let file: HistoryFile

  init() throws {
    folder = try TemporaryFolder()
    file = HistoryFile(path: folder.path + "/history", limit: 3)
  }

  @Test(arguments: ["select 1", "select\n\n1", #"\d orders"#, #"a\nb\"#, "größe 表 👍", "a\tb\r"])
  func `an entry comes back as it was`(entry: String) throws {
    try file.append("first")
    try file.append(entry)
    #expect(try file.load() == ["first", entry])
  }

  @Test func `the file is text with one entry a line`() throws {
    try file.append("select\n'größe'")
    try file.append(#"\d"#)
    #expect(try folder.read("history") == "select\\n'größe'\n\\\\d\n")
  }

  @Test func `no file is an empty history`() throws {
    #expect(try file.load() == [])
  }

  @Test func `only the owner may read it, even if that was different before`() throws {
    try folder.write("old\n", to: "history")
    chmod(file.path, 0o644)
    try file.append("new")
    var status = stat()
    stat(file.path, &status)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try file.load() == ["old", "new"])
  }

  @Test func `a long file is cut back to its newest entries`() throws {
    for number in 1...6 { try file.append("\(number)") }
    try file.compact()
    #expect(try file.load().count == 6)
    try file.append("5")
    try file.compact()
    #expect(try file.load() == ["4", "6", "5"])
  }

  @Test func `two writers lose nothing while the file is cut back`() async throws {
    let path = file.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<2 {
        group.addTask {
          let own = HistoryFile(path: path, limit: 1_000)
          for number in 0..<200 {
            try own.append("\(writer) \(number)")
            if number % 50 == 0 { try own.compact() }
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = try file.load()
    #expect(entries.count == 400)
    #expect(entries.filter { $0.hasPrefix("1 ") } == (0..<200).map { "1 \($0)" })
  }

  @Test func `a file that cannot be opened is told with its name`() throws {
    let missing = HistoryFile(path: folder.path + "/none/history", limit: 3)
    #expect(
      throws: TerminalError(
        .history, "could not open history file \"\(folder.path)/none/history\": No such file or directory")
    ) { try missing.append("x") }
  }
}
