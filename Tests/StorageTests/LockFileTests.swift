import Storage
import TestSupport
import Testing

@Suite struct LockFileTests {
  @Test func `one holds the lock at a time, and its file is gone afterwards`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/x.lock"
    do {
      let lock = try LockFile(path) { false }
      #expect(try folder.contents() == ["x.lock"])
      var asked = 0
      #expect(throws: StorageError(.busy, "could not lock \"\(path)\": another process holds it")) {
        _ = try LockFile(path) {
          asked += 1
          return asked < 2
        }
      }
      #expect(asked == 2)
      _ = consume lock
    }
    #expect(try folder.contents().isEmpty)
    _ = try LockFile(path) { false }
  }
}
