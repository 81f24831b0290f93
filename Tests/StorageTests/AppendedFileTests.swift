import Foundation
import Storage
import TestSupport
import Testing

@Suite struct AppendedFileTests {
  @Test func `a full device is told, and nothing goes on behind half a line`() throws {
    let file = try AppendedFile("/dev/full", .continued)
    #expect(
      throws: StorageError(
        .diskFull, "could not write \"/dev/full\": the disk is full",
        hint: "free some space on that disk", underlying: "No space left on device")
    ) { try file.append([1]) }
    #expect(
      throws: StorageError(
        .torn, "could not write \"/dev/full\": what was added before was only written in part")
    ) { try file.append([1]) }
  }

  @Test func `what was only written in part is taken away again`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/e.jsonl"
    // So far from the beginning that no other test's file is ever limited.
    let limit: rlim_t = 1 << 40
    try Data().write(to: URL(filePath: path))
    #expect(truncate(path, off_t(limit) - 4) == 0)
    signal(SIGXFSZ, SIG_IGN)
    var before = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before)
    var narrow = rlimit(rlim_cur: limit, rlim_max: before.rlim_max)
    #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &narrow) == 0)
    defer { setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) }
    let file = try AppendedFile(path, .continued)
    #expect(
      throws: StorageError(
        .notWritable, "could not write \"\(path)\": it must not grow further",
        underlying: "File too large")
    ) { try file.append(Array("too long".utf8)) }
    #expect(file.length == Int64(limit) - 4)
    try file.append(Array("fits".utf8))
    #expect(file.length == Int64(limit))
  }

  @Test func `a file that was moved away takes no more`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/e.jsonl"
    let file = try AppendedFile(path, .continued)
    try file.append(Array("one\n".utf8))
    try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
    let refusal = StorageError(
      .moved, "could not write \"\(path)\": the file was moved or deleted meanwhile")
    #expect(throws: refusal) { try file.append([1]) }
    try Data().write(to: URL(filePath: path))
    #expect(throws: refusal) { try file.append([1]) }
    _ = rename(path + ".old", path)
    try file.append(Array("two\n".utf8))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one\ntwo\n")
  }

  @Test func `a file that another program has written to takes no more`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/e.jsonl"
    let file = try AppendedFile(path, .continued)
    try file.append(Array("one\n".utf8))
    let other = try #require(FileHandle(forWritingAtPath: path))
    try other.seekToEnd()
    try other.write(contentsOf: Data("x".utf8))
    #expect(
      throws: StorageError(
        .touched, "could not write \"\(path)\": another program has written to it meanwhile")
    ) { try file.append(Array("two\n".utf8)) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one\nx")
  }

  @Test func `a file is begun, gone on with or replaced`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/e.jsonl"
    try AppendedFile(path, .new, mode: 0o644).append("one\n")
    #expect(try folder.mode("e.jsonl") == 0o644)
    #expect(
      throws: StorageError(
        .exists, "could not write \"\(path)\": it exists already", underlying: "File exists")
    ) {
      try AppendedFile(path, .new)
    }
    let second = try AppendedFile(path, .continued)
    #expect(second.length == 4)
    try second.append("two\n")
    #expect(try folder.read("e.jsonl") == "one\ntwo\n")
    let busy = StorageError(.busy, "could not lock \"\(path)\": another process writes to it")
    #expect(throws: busy) { try AppendedFile(path, .replaced) }
    #expect(try folder.read("e.jsonl") == "one\ntwo\n")
    withExtendedLifetime(second) {}
  }

  @Test func `a closed file can be opened at once while other programs start`() throws {
    let folder = try TemporaryFolder()
    try whileProgramsStart {
      for _ in 0..<1_000 { try AppendedFile("\(folder.path)/e.jsonl", .continued).append("one\n") }
    }
  }

  @Test func `what is there goes away when that is wanted`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old\n", to: "e.jsonl")
    try AppendedFile("\(folder.path)/e.jsonl", .replaced).append("new\n")
    #expect(try folder.read("e.jsonl") == "new\n")
  }

  @Test func `a missing folder is told`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/none/x"
    #expect(throws: StorageError(.noFolder, "could not write \"\(path)\": there is no such folder")) {
      try AppendedFile(path, .new)
    }
    #expect(throws: StorageError(.noFolder, "could not open the notes: there is no such folder")) {
      try AppendedFile(path, named: "the notes", .continued)
    }
  }
}
