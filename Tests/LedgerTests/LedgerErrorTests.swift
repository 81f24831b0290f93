import GRDB
import Testing

@testable import Ledger

@Suite struct LedgerErrorTests {
  static let writable = "make the file and its folder writable, or name another place with XDG_STATE_HOME"
  static let damaged = "move the file away and keep it; hypo then begins a new ledger"

  static let cases: [(ResultCode, LedgerError.Code, message: String, hint: String?)] = [
    (.SQLITE_FULL, .diskFull, "could not write: the disk is full", "free some space on the disk of \"/l\""),
    (.SQLITE_READONLY, .notWritable, "could not write: it cannot be written", writable),
    (.SQLITE_CANTOPEN, .cannotOpen, "could not write: it cannot be opened", writable),
    (
      .SQLITE_BUSY, .busy, "could not write: another session holds it",
      "try again; if it stays so, look for a hypo that hangs"
    ),
    (.SQLITE_CORRUPT, .damaged, "could not write: the file is damaged or no ledger", damaged),
    (.SQLITE_IOERR, .other, "could not write: the disk reports an error", "look at the disk of \"/l\""),
    (.SQLITE_TOOBIG, .other, "could not write: words of SQLite", nil),
  ]

  @Test(arguments: cases.indices)
  func `each failure of SQLite has its words and a next step`(index: Int) {
    let (result, code, message, hint) = Self.cases[index]
    let error = DatabaseError(resultCode: result, message: "words of SQLite")
    #expect(
      LedgerError(error, while: "could not write", path: "/l")
        == LedgerError(code, message, hint: hint, underlying: "words of SQLite"))
  }

  @Test func `an error that has its words already keeps them`() {
    let error = LedgerError(.noSuchChange, "there is no change 9", hint: "see \"changes\"")
    #expect(LedgerError(error, while: "could not write", path: "/l") == error)
  }
}
