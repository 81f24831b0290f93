import Storage
import Testing

@testable import Ledger

@Suite struct LedgerErrorTests {
  @Test func `an error that has its words already keeps them`() {
    let error = LedgerError(.noSuchChange, "there is no change 9", hint: "see \"changes\"")
    #expect(LedgerError(error, while: "could not write") == error)
  }

  static let writable = "make the file and its folder writable, or name another place with XDG_STATE_HOME"
  static let damaged = "move the file away and keep it; hypo then begins a new ledger"

  @Test(arguments: [
    (StorageError.Code.cannotOpen, LedgerError.Code.cannotOpen, writable as String?),
    (.notWritable, .notWritable, writable), (.damaged, .damaged, damaged), (.noFolder, .cannotOpen, nil),
    (.busy, .busy, nil), (.torn, .other, nil), (.touched, .other, nil),
  ])
  func `the ledger knows a way out where storage knows none`(
    storage: StorageError.Code, code: LedgerError.Code, hint: String?
  ) {
    #expect(
      LedgerError(StorageError(storage, "could not write", underlying: "words"), while: "could not read")
        == LedgerError(code, "could not write", hint: hint, underlying: "words"))
    #expect(LedgerError(StorageError(storage, "m", hint: "this"), while: "").hint == "this")
  }
}
