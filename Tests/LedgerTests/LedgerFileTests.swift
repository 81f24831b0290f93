import Foundation
import GRDB
import IndexDesign
import TestSupport
import Testing

@testable import Ledger

@Suite struct LedgerFileTests {
  @Test func `nothing can begin in a folder that cannot be written`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/ledger.sqlite"
    try folder.setMode(0o555, of: "")
    #expect(
      throws: LedgerError(
        .cannotOpen, "could not make the ledger \"\(path)\": permission denied",
        hint: "make the file and its folder writable, or name another place with XDG_STATE_HOME",
        underlying: "Permission denied")
    ) { try asNobody { try Ledger(path: path).begin(Example.intent()) } }
    #expect(
      throws: LedgerError(
        .cannotOpen, "could not make the folder \"\(folder.path)/state\": permission denied",
        hint: "make the file and its folder writable, or name another place with XDG_STATE_HOME",
        underlying: "Permission denied")
    ) { try asNobody { try Ledger(path: folder.ledgerPath).begin(Example.intent()) } }
    #expect(try folder.contents().isEmpty)
  }

  @Test func `nothing can begin where a file stands in the way of a folder`() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: URL(filePath: "\(folder.path)/state"))
    #expect(
      throws: LedgerError(
        .cannotOpen,
        "could not make the folder \"\(folder.path)/state/hypo\": a part of its path is no folder",
        hint: "make the file and its folder writable, or name another place with XDG_STATE_HOME",
        underlying: "Not a directory")
    ) { try Ledger(path: folder.ledgerPath).begin(Example.intent()) }
  }

  @Test func `a ledger that may only be read can be read, and nothing begins`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/ledger.sqlite"
    let owner = Ledger(path: path)
    try owner.record(Example.intent(), Example.built)
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
      try folder.setMode(0o444, of: name)
    }
    try folder.setMode(0o555, of: "")
    try asNobody {
      let reader = Ledger(path: path)
      let changes = try reader.changes()
      #expect(changes.map(\.intent) == [Example.intent()])
      #expect(
        throws: LedgerError(
          .notWritable,
          "could not write the intent of a change to the ledger \"\(path)\": it cannot be written",
          hint: "make the file and its folder writable, or name another place with XDG_STATE_HOME",
          underlying: "attempt to write a readonly database")
      ) { try reader.begin(Example.intent()) }
    }
    try folder.setMode(0o755, of: "")
    #expect(try owner.changes().count == 1)
  }
}
