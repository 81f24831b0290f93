import Foundation
import GRDB
import IndexDesign

/// What went wrong between hypo and the file that keeps its records.
public struct LedgerError: Error, Equatable, Sendable {
  /// The kinds of failure that callers tell apart.
  public enum Code: String, Sendable {
    /// No place for the ledger can be named.
    case noPlace
    /// The file or its folder can be neither opened nor made.
    case cannotOpen
    /// The file or its folder can be read but not written.
    case notWritable
    /// The disk is full.
    case diskFull
    /// Another session held the ledger for too long.
    case busy
    /// The file is damaged, or no ledger at all.
    case damaged
    /// The ledger, or one record of it, was made by a newer hypo.
    case newer
    /// There is no change of that number.
    case noSuchChange
    /// The change has its outcome already.
    case alreadyFinished
    /// Anything else that SQLite reports.
    case other
  }

  /// Which kind of failure this is.
  public var code: Code
  /// What failed, one sentence without a final full stop.
  public var message: String
  /// Why, when the message alone does not say it.
  public var detail: String?
  /// What to do next.
  public var hint: String?
  /// The words of SQLite, the operating system or the JSON reader; nil when there are none.
  public var underlying: String?

  /// Makes an error from its facts.
  public init(
    _ code: Code, _ message: String, detail: String? = nil, hint: String? = nil, underlying: String? = nil
  ) {
    self.code = code
    self.message = message
    self.detail = detail
    self.hint = hint
    self.underlying = underlying
  }
}

extension LedgerError {
  /// Finds the facts in whatever was thrown while `task` ("could not …") was tried on `path`.
  init(_ error: any Error, while task: String, path: String) {
    switch error {
    case let error as LedgerError: self = error
    case let error as DatabaseError:
      let (code, reason, hint) = Self.facts(of: error, path: path)
      self.init(code, "\(task): \(reason)", hint: hint, underlying: error.message)
    case let error as NewerRecordError:
      self.init(.newer, "\(task): it was written by a newer hypo", detail: "\(error)", hint: error.hint)
    case is DecodingError:
      self.init(
        .damaged, "\(task): a record cannot be understood", hint: Self.damagedHint, underlying: "\(error)")
    default: self.init(.other, "\(task): \(error)", underlying: "\(error)")
    }
  }

  /// What the operating system refused; a full disk has a code and a hint of its own.
  init(errno number: CInt, _ code: Code, _ task: String, hint: String) {
    let reason = String(cString: strerror(number))
    let isFull = number == ENOSPC || number == EDQUOT
    self.init(
      isFull ? .diskFull : code, "\(task): \(reason.prefix(1).lowercased())\(reason.dropFirst())",
      hint: isFull ? "free some space on that disk" : hint, underlying: reason)
  }

  private static func facts(
    of error: DatabaseError, path: String
  ) -> (code: Code, reason: String, hint: String?) {
    switch error.resultCode {
    case .SQLITE_FULL: (.diskFull, "the disk is full", "free some space on the disk of \"\(path)\"")
    case .SQLITE_READONLY, .SQLITE_PERM:
      (.notWritable, "it cannot be written", writableHint)
    case .SQLITE_CANTOPEN: (.cannotOpen, "it cannot be opened", writableHint)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      (.busy, "another session holds it", "try again; if it stays so, look for a hypo that hangs")
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: (.damaged, "the file is damaged or no ledger", damagedHint)
    case .SQLITE_IOERR: (.other, "the disk reports an error", "look at the disk of \"\(path)\"")
    default: (.other, error.message ?? "SQLite reports \(error.resultCode)", nil)
    }
  }

  static let writableHint =
    "make the file and its folder writable, or name another place with XDG_STATE_HOME"
  static let damagedHint = "move the file away and keep it; hypo then begins a new ledger"
}
