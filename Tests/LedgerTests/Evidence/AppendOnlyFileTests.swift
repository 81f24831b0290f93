import Foundation
import Testing

@testable import Ledger

@Suite struct AppendOnlyFileTests {
  static let disk = "look at the disk of that file, or begin another run with another file"

  @Test func `a full device is told, and nothing goes on behind half a line`() throws {
    let file = try AppendOnlyFile("/dev/full")
    #expect(
      throws: LedgerError(
        .diskFull, "could not write the evidence \"/dev/full\": no space left on device",
        hint: "free some space on that disk", underlying: "No space left on device")
    ) { try file.append([1]) }
    #expect(
      throws: LedgerError(
        .other, "could not write the evidence \"/dev/full\": the line before was only written in part",
        hint: "begin another run with another file")
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
    let file = try AppendOnlyFile(path)
    #expect(
      throws: LedgerError(
        .notWritable, "could not write the evidence \"\(path)\": file too large", hint: Self.disk,
        underlying: "File too large")
    ) { try file.append(Array("too long".utf8)) }
    #expect(file.length == Int64(limit) - 4)
    try file.append(Array("fits".utf8))
    #expect(file.length == Int64(limit))
  }

  @Test func `a file that was moved away takes no more`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/e.jsonl"
    let file = try AppendOnlyFile(path)
    try file.append(Array("one\n".utf8))
    try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
    let refusal = LedgerError(
      .other, "could not write the evidence \"\(path)\": the file was moved or deleted meanwhile",
      hint: "put it back, or begin another run with another file")
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
    let file = try AppendOnlyFile(path)
    try file.append(Array("one\n".utf8))
    let other = try #require(FileHandle(forWritingAtPath: path))
    try other.seekToEnd()
    try other.write(contentsOf: Data("x".utf8))
    #expect(
      throws: LedgerError(
        .other, "could not write the evidence \"\(path)\": another program has written to it meanwhile",
        hint: "keep it as it is, see who did, and begin another run with another file")
    ) { try file.append(Array("two\n".utf8)) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one\nx")
  }
}
