import Storage
import Testing

@Suite struct StateFolderTests {
  @Test func `the place follows the XDG specification`() throws {
    let named = try StateFolder(environment: ["XDG_STATE_HOME": "/state", "HOME": "/home/ann"])
    #expect(named.path == "/state/hypo" && named.warning == nil)
    for environment in [["HOME": "/home/ann"], ["XDG_STATE_HOME": "", "HOME": "/home/ann"]] {
      let usual = try StateFolder(environment: environment)
      #expect(usual.path == "/home/ann/.local/state/hypo" && usual.warning == nil)
    }
  }

  @Test func `a relative value is passed over, and the person is told`() throws {
    let folder = try StateFolder(environment: ["XDG_STATE_HOME": "state", "HOME": "/home/ann"])
    #expect(folder.path == "/home/ann/.local/state/hypo")
    #expect(
      folder.warning
        == "XDG_STATE_HOME is \"state\", which is no absolute path: hypo keeps its records in "
        + "\"/home/ann/.local/state/hypo\"")
    #expect(StateFolder.named(in: ["XDG_STATE_HOME": "state"]) == nil)
  }

  @Test func `without a place it is said what would give one`() throws {
    #expect(
      throws: StorageError(
        .noPlace, "could not find a place for the ledger: neither XDG_STATE_HOME nor HOME is set",
        hint: "set XDG_STATE_HOME to a folder of yours")
    ) { try StateFolder(environment: [:], for: "the ledger") }
    #expect(
      throws: StorageError(
        .noPlace,
        "could not find a place for records: XDG_STATE_HOME is \"s\", which is no absolute path, and HOME is not set",
        hint: "set XDG_STATE_HOME to a folder of yours")
    ) { try StateFolder(environment: ["XDG_STATE_HOME": "s", "HOME": ""]) }
  }
}
