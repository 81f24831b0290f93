import GRDB
import Glibc
import Testing

@testable import Storage

@Suite struct StorageErrorTests {
  static let cases: [(ResultCode, StorageError.Code, message: String, hint: String?)] = [
    (.SQLITE_FULL, .diskFull, "could not write: the disk is full", "free some space on the disk of \"/l\""),
    (.SQLITE_READONLY, .notWritable, "could not write: it cannot be written", nil),
    (.SQLITE_CANTOPEN, .cannotOpen, "could not write: it cannot be opened", nil),
    (
      .SQLITE_BUSY, .busy, "could not write: another session holds it",
      "try again; if it stays so, look for a hypo that hangs"
    ),
    (.SQLITE_CORRUPT, .damaged, "could not write: the file is damaged or of another kind", nil),
    (.SQLITE_IOERR, .other, "could not write: the disk reports an error", "look at the disk of \"/l\""),
    (.SQLITE_TOOBIG, .other, "could not write: words of SQLite", nil),
  ]

  @Test(arguments: cases.indices)
  func `each failure of SQLite has its words and a next step`(index: Int) {
    let (result, code, message, hint) = Self.cases[index]
    let error = DatabaseError(resultCode: result, message: "words of SQLite")
    #expect(
      StorageError(error, "could not write", path: "/l")
        == StorageError(code, message, hint: hint, underlying: "words of SQLite"))
  }

  @Test(arguments: [
    (EACCES, "permission denied"), (EPERM, "permission denied"), (ENOSPC, "the disk is full"),
    (EDQUOT, "the disk is full"), (EROFS, "the file system is read-only"),
    (EFBIG, "it must not grow further"), (EIO, "the disk reports an error"),
    (ENOENT, "there is no such file or folder"), (EISDIR, "it is a folder"),
    (ENOTDIR, "a part of its path is no folder"), (EEXIST, "it exists already"),
    (ELOOP, "too many levels of symbolic links"),
  ])
  func `each refusal of the system has its words`(number: CInt, words: String) {
    #expect(SystemReason(number).words == words)
  }

  @Test func `a full disk is told as such, whatever was tried`() {
    #expect(
      StorageError(SystemReason(ENOSPC), .cannotOpen, "could not make \"x\"")
        == StorageError(
          .diskFull, "could not make \"x\": the disk is full", hint: "free some space on that disk",
          underlying: "No space left on device"))
    #expect(
      StorageError(SystemReason(EACCES), .cannotOpen, "could not make \"x\"")
        == StorageError(
          .cannotOpen, "could not make \"x\": permission denied", underlying: "Permission denied"))
  }
}
