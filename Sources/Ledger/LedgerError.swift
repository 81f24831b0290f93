import IndexDesign
import Storage

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
    /// The ledger is not as it was written, so that nothing may be done by what it says.
    case notProven
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
  /// Finds the facts in whatever was thrown while `task` ("could not …") was tried.
  init(_ error: any Error, while task: String) {
    switch error {
    case let error as LedgerError: self = error
    case let error as StorageError: self.init(error)
    case let error as NewerRecordError:
      self.init(.newer, "\(task): it was written by a newer hypo", detail: "\(error)", hint: error.hint)
    case let error as EntryProblem:
      self.init(
        .damaged, "\(task): an entry cannot be understood", detail: "\(error)", hint: Self.damagedHint)
    case let error as DesignError:
      self.init(
        .damaged, "\(task): an entry is no JSON", hint: Self.damagedHint, underlying: error.message)
    default: self.init(.other, "\(task): \(error)", underlying: "\(error)")
    }
  }

  /// What storage could not do, with the way out for the ledger where storage knows none.
  ///
  /// - Parameter hints: the ways out for a file of another kind, by the kind of failure.
  init(_ error: StorageError, hints: [StorageError.Code: String] = Self.hints) {
    let code: Code =
      switch error.code {
      case .noPlace: .noPlace
      case .cannotOpen, .notAFile, .noFolder, .exists: .cannotOpen
      case .notWritable: .notWritable
      case .diskFull: .diskFull
      case .busy: .busy
      case .damaged: .damaged
      case .newer: .newer
      case .moved, .touched, .torn, .other: .other
      }
    self.init(code, error.message, hint: error.hint ?? hints[error.code], underlying: error.underlying)
  }

  static let hints: [StorageError.Code: String] = [
    .cannotOpen: writableHint, .notWritable: writableHint, .damaged: damagedHint,
  ]
  static let writableHint =
    "make the file and its folder writable, or name another place with XDG_STATE_HOME"
  static let damagedHint = "move the file away and keep it; hypo then begins a new ledger"
}

extension LedgerError: CustomStringConvertible {
  /// What failed and why, as another message repeats it.
  public var description: String { message }
}
