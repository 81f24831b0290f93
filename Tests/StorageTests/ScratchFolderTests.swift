import Storage
import TestSupport
import Testing

@Suite struct ScratchFolderTests {
  @Test func `a scratch folder is its user's alone and goes with its value`() throws {
    let parent = try TemporaryFolder()
    do {
      let folder = try ScratchFolder(for: "edit", environment: ["TMPDIR": parent.path])
      #expect(folder.path.hasPrefix("\(parent.path)/hypo-edit-"))
      let path = try folder.write("select 1;\n", to: "command.sql")
      #expect(path == "\(folder.path)/command.sql")
      let name = folder.path.dropFirst(parent.path.count + 1)
      #expect(try parent.mode("\(name)") == 0o700 && parent.mode("\(name)/command.sql") == 0o600)
      #expect(try parent.read("\(name)/command.sql") == "select 1;\n")
    }
    #expect(try parent.contents().isEmpty)
  }

  @Test func `no place for it is told`() throws {
    #expect(
      throws: StorageError(
        .notWritable, "could not make a temporary folder in \"/none\": there is no such file or folder",
        hint: "check TMPDIR and its space", underlying: "No such file or directory")
    ) { try ScratchFolder(for: "edit", environment: ["TMPDIR": "/none"]) }
  }
}
