import Foundation
import Storage
import TestSupport
import Testing

/// Each call that can fail, fails once. Source: SQLite's `ioerr.test`.
@Suite struct StorageFaultTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/file"
  }

  @Test(arguments: FaultyDisk.Kind.allCases)
  func `a replaced file is the old one or the new one, and nothing else is left`(kind: FaultyDisk.Kind) throws
  {
    let calls = try FaultyDisk.forEachCall { n in
      try folder.write("old", to: "file")
      let (result, isHit) = FaultyDisk.failing(n, kind) {
        let file = try ReplacedFile(path)
        try file.write("new, ")
        try file.write("and longer")
        try file.finish()
      }
      let text = try folder.read("file")
      switch result {
      case .success: #expect(text == "new, and longer")
      case .failure(let error):
        #expect(["old", "new, and longer"].contains(text), "call \(n)")
        let told = (error as? StorageError)?.message
        #expect(
          told?.hasPrefix(text == "old" ? "could not write \"\(path)\": " : "\"\(path)\" was written, but ")
            == true,
          "\(error)")
        #expect(text == "old" || (error as? StorageError)?.hint?.contains("not written") != true)
      }
      #expect(try folder.contents() == ["file"], "call \(n)")
      if isHit, kind != .short { #expect(throws: (any Error).self) { try result.get() } }
      return isHit
    }
    // Two writes, two syncs and a rename.
    #expect(calls >= 5, "only \(calls) calls were seen")
  }

  @Test(arguments: FaultyDisk.Kind.allCases)
  func `what is appended is in the file whole or not at all, and the next piece follows`(
    kind: FaultyDisk.Kind
  )
    throws
  {
    let calls = try FaultyDisk.forEachCall { n in
      try? FileManager.default.removeItem(atPath: path)
      let file = try AppendedFile(path, .continued)
      try file.append("one\n")
      let (result, isHit) = FaultyDisk.failing(n, kind) { try file.append("two, and longer\n") }
      let isIn = (try? result.get()) != nil
      #expect(try folder.read("file") == (isIn ? "one\ntwo, and longer\n" : "one\n"), "call \(n)")
      try file.append("three\n")
      #expect(try folder.read("file") == (isIn ? "one\ntwo, and longer\nthree\n" : "one\nthree\n"))
      return isHit
    }
    #expect(calls >= 2, "only \(calls) calls were seen")
  }

  @Test(arguments: FaultyDisk.Kind.allCases)
  func `no entry of shared lines is lost or cut, and the next one follows`(kind: FaultyDisk.Kind) throws {
    let lines = SharedLines(path, named: "the history")
    let calls = try FaultyDisk.forEachCall { n in
      try folder.write("one\ntwo\nthree\n", to: "file")
      var appended = false
      let (result, isHit) = FaultyDisk.failing(n, kind) {
        try lines.append("four, and longer")
        appended = true
        try lines.rewrite { Array($0.suffix(2)) }
      }
      let all = ["one", "two", "three"] + (appended ? ["four, and longer"] : [])
      let left = try lines.entries()
      switch result {
      case .success: #expect(left == ["three", "four, and longer"])
      case .failure: #expect([all, Array(all.suffix(2))].contains(left), "call \(n): \(left)")
      }
      #expect(try folder.contents() == ["file"], "call \(n)")
      try lines.append("five")
      #expect(try lines.entries() == left + ["five"])
      return isHit
    }
    #expect(calls >= 5, "only \(calls) calls were seen")
  }
}
