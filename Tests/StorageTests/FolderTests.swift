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
}
