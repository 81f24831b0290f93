import Glibc
import Storage
import TestSupport
import Testing

@Suite struct FolderTests {
  @Test(arguments: [
    ("/a/b/ledger.sqlite", "/a/b"), ("/ledger.sqlite", "/"), ("a/ledger.sqlite", "a"), ("ledger.sqlite", "."),
  ])
  func `the folder is what is before the last name`(path: String, folder: String) {
    #expect(Folder.of(path) == folder)
  }

  @Test func `the folders that are missing are made, for the owner alone`() throws {
    let folder = try TemporaryFolder()
    try Folder.make("\(folder.path)/a/b/c")
    try Folder.make("\(folder.path)/a/b/c")
    #expect(try folder.contents() == ["a", "a/b", "a/b/c"])
    #expect(try folder.mode("a") == 0o700)
    #expect(try folder.mode("a/b/c") == 0o700)
  }

  @Test func `a file in the way is told`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a")
    let reason = "a part of its path is no folder"
    for path in ["\(folder.path)/a", "\(folder.path)/a/b"] {
      #expect(
        throws: StorageError(
          .cannotOpen, "could not make the folder \"\(path)\": \(reason)", underlying: "Not a directory")
      ) { try Folder.make(path) }
    }
  }

  @Test func `a folder is removed with all that is in it, and not what a link in it leads to`() throws {
    let folder = try TemporaryFolder()
    try Folder.make("\(folder.path)/kept")
    try folder.write("one", to: "kept/file")
    try Folder.make("\(folder.path)/a/b")
    try folder.write("two", to: "a/b/file")
    try #require(symlink("\(folder.path)/kept", "\(folder.path)/a/link") == 0)
    #expect(try Folder.names(in: "\(folder.path)/a").sorted() == ["b", "link"])
    try Folder.remove("\(folder.path)/a")
    #expect(try folder.contents() == ["kept", "kept/file"])
    try Folder.remove("\(folder.path)/kept/file")
    #expect(try folder.contents() == ["kept"])
  }

  @Test func `what cannot be read, removed or renamed says why`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a"
    let missing = (reason: "there is no such file or folder", original: "No such file or directory")
    #expect(
      throws: StorageError(
        .cannotOpen, "could not read the folder \"\(path)\": \(missing.reason)", underlying: missing.original)
    ) { try Folder.names(in: path) }
    #expect(
      throws: StorageError(
        .notWritable, "could not remove \"\(path)\": \(missing.reason)", underlying: missing.original)
    ) { try Folder.remove(path) }
    #expect(
      throws: StorageError(
        .notWritable, "could not rename \"\(path)\" to \"\(path)2\": \(missing.reason)",
        underlying: missing.original)
    ) { try Folder.rename(path, to: path + "2") }
    try Folder.make("\(path)/b")
    try folder.setMode(0o500, of: "a")
    #expect(
      throws: StorageError(
        .notWritable, "could not remove \"\(path)\": permission denied", underlying: "Permission denied")
    ) { try asNobody { try Folder.remove(path) } }
    try folder.setMode(0o700, of: "a")
    #expect(try folder.contents() == ["a", "a/b"])
  }

  @Test func `a folder gets its new name, unless something is in the one that has it`() throws {
    let folder = try TemporaryFolder()
    try Folder.make("\(folder.path)/a")
    try folder.write("one", to: "a/file")
    try Folder.rename("\(folder.path)/a", to: "\(folder.path)/b")
    #expect(try folder.contents() == ["b", "b/file"])
    try Folder.make("\(folder.path)/c")
    #expect(
      throws: StorageError(
        .notWritable, "could not rename \"\(folder.path)/c\" to \"\(folder.path)/b\": directory not empty",
        underlying: "Directory not empty")
    ) { try Folder.rename("\(folder.path)/c", to: "\(folder.path)/b") }
  }
}
