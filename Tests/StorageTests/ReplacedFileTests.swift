import Foundation
import Glibc
import Storage
import TestSupport
import Testing

@Suite struct ReplacedFileTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/report.txt"
  }

  @Test func `a file is there when it is finished, and not before`() throws {
    let file = try ReplacedFile(path)
    try file.write("one ")
    try file.write("two")
    #expect(!FileManager.default.fileExists(atPath: path))
    try file.finish()
    #expect(try folder.read("report.txt") == "one two")
    #expect(try folder.contents() == ["report.txt"])
  }

  @Test func `what is not finished leaves nothing, and the old file as it was`() throws {
    try folder.write("old", to: "report.txt")
    do {
      let file = try ReplacedFile(path)
      try file.write("new")
    }
    #expect(try folder.read("report.txt") == "old")
    #expect(try folder.contents() == ["report.txt"])
  }

  @Test func `a replaced file keeps its mode, and a private one is its owner's alone`() throws {
    try folder.write("old", to: "report.txt")
    try folder.setMode(0o640, of: "report.txt")
    try ReplacedFile.write("new", to: path)
    #expect(try folder.mode("report.txt") == 0o640)
    try ReplacedFile.write("newer", to: path, isPrivate: true)
    #expect(try folder.mode("report.txt") == 0o600)
    #expect(try folder.read("report.txt") == "newer")
  }

  @Test func `a link stays one, also when what it leads to is yet to be made`() throws {
    try folder.write("old", to: "elsewhere")
    symlink("elsewhere", path)
    try ReplacedFile.write("new", to: path)
    #expect(try folder.read("elsewhere") == "new")
    symlink("missing", "\(folder.path)/other")
    try ReplacedFile.write("made", to: "\(folder.path)/other")
    #expect(try folder.read("missing") == "made")
    #expect(try folder.contents() == ["elsewhere", "missing", "other", "report.txt"])
  }

  @Test func `an existing file is only replaced where that is wanted`() throws {
    let exists = StorageError(.exists, "could not write \"mine\": it exists already")
    try folder.write("old", to: "report.txt")
    #expect(throws: exists) { try ReplacedFile(path, named: "mine", replaces: false) }
    try FileManager.default.removeItem(atPath: path)
    let late = try ReplacedFile(path, named: "mine", replaces: false)
    try late.write("late")
    try folder.write("first", to: "report.txt")
    #expect(
      throws: StorageError(
        .exists, "could not write \"mine\": it exists already", underlying: "File exists")
    ) { try late.finish() }
    #expect(try folder.read("report.txt") == "first")
  }

  @Test func `a device or a pipe is not replaced`() throws {
    try #require(mkfifo(path, 0o600) == 0)
    #expect(
      throws: StorageError(
        .notAFile, "could not write \"mine\": it is a device, a pipe or a socket",
        hint: "name a file, which can be replaced as a whole")
    ) { try ReplacedFile(path, named: "mine") }
    var facts = stat()
    #expect(stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFIFO)
  }

  @Test func `what is in the way is told before anything is written`() throws {
    #expect(
      throws: StorageError(
        .notAFile, "could not write \"\(folder.path)\": it is a folder", hint: "name a file in it")
    ) { try ReplacedFile(folder.path) }
    #expect(
      throws: StorageError(
        .noFolder, "could not write \"x\": there is no folder \"\(folder.path)/none\"",
        hint: "make the folder first, or name another one")
    ) { try ReplacedFile("\(folder.path)/none/x", named: "x") }
    try folder.setMode(0o555, of: "")
    #expect(
      throws: StorageError(
        .notWritable, "could not write \"\(path)\": permission denied",
        hint: "name a file in a folder that you may write to", underlying: "Permission denied")
    ) { try asNobody { try ReplacedFile(path) } }
  }
}
