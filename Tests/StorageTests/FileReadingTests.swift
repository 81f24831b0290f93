import Glibc
import Storage
import TestSupport
import Testing

@Suite struct FileReadingTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/file"
  }

  private func small(_ limit: Int = 1 << 20) throws -> (bytes: [UInt8], isPrivate: Bool)? {
    try FileReading.small(path, named: "the file", limitInBytes: limit)
  }

  @Test func `a small file comes with who may read it`() throws {
    #expect(try small() == nil)
    try folder.write("one", to: "file")
    try folder.setMode(0o600, of: "file")
    #expect(try #require(try small()) == (Array("one".utf8), true))
    try folder.setMode(0o640, of: "file")
    #expect(try small()?.isPrivate == false)
  }

  @Test func `what is no small file is refused`() throws {
    try folder.write(String(repeating: "x", count: (1 << 20) + 1), to: "file")
    #expect(throws: StorageError(.other, "could not read the file: it is larger than 1 MB")) { try small() }
    unlink(path)
    mkfifo(path, 0o600)
    #expect(throws: StorageError(.notAFile, "could not read the file: it is no file")) { try small() }
  }

  @Test func `pieces come until nobody wants more`() throws {
    try folder.write(String(repeating: "x", count: 3 << 20), to: "file")
    var total = 0
    #expect(
      try FileReading.pieces(of: path, while: { true }) {
        total += $0.count
        return true
      })
    #expect(total == 3 << 20)
    total = 0
    #expect(
      try FileReading.pieces(of: path, while: { true }) {
        total += $0.count
        return false
      })
    #expect(total == 1 << 20)
    #expect(try FileReading.pieces(of: path, while: { false }) { _ in true } == false)
    #expect(
      throws: StorageError(
        .other, "could not read \"/none\": there is no such file or folder",
        hint: "the path counts from the folder in which hypo was started",
        underlying: "No such file or directory")
    ) { try FileReading.pieces(of: "/none", while: { true }) { _ in true } }
  }

  @Test func `a whole file comes at once, and so does what a pipe gives`() throws {
    let text = String(repeating: "x", count: (2 << 20) + 7)
    try folder.write(text, to: "file")
    #expect(try FileReading.whole(path) == Array(text.utf8))
    var ends: [CInt] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    _ = write(ends[1], "one", 3)
    close(ends[1])
    #expect(try FileReading.whole("/dev/fd/\(ends[0])") == Array("one".utf8))
  }

  @Test func `what cannot be read says why and what to do`() throws {
    #expect(
      throws: StorageError(
        .other, "could not read \"\(folder.path)\": it is a folder", hint: "name a file in it",
        underlying: "Is a directory")
    ) { try FileReading.whole(folder.path) }
    try folder.write("one", to: "file")
    try folder.setMode(0, of: "file")
    #expect(
      throws: StorageError(
        .other, "could not read \"\(path)\": permission denied",
        hint: "the user that started hypo needs the right to read it", underlying: "Permission denied")
    ) { try asNobody { try FileReading.whole(path) } }
  }
}
