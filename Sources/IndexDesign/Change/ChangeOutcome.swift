/// How a change ended, written down after the last statement.
public struct ChangeOutcome: Hashable, Sendable {
  /// The endings that are told apart.
  public enum Result: Hashable, Sendable {
    /// The index was built and is valid.
    case built(objectID: UInt32, sizeInBytes: Int64)
    /// The extension was installed.
    case installed(version: String)
    /// An index of that name stood there before; nothing was built.
    case alreadyThere(objectID: UInt32, isValid: Bool)
    /// The build failed and left our own invalid index, which was dropped.
    case leftInvalidAndDropped(reason: String)
    /// An invalid index of that name is there that is not ours; it was left alone.
    case leftInvalidNotOurs(objectID: UInt32)
    /// The build failed and our own invalid index could not be dropped.
    case leftInvalidStaying(objectID: UInt32, reason: String)
    /// The index was dropped and is gone.
    case dropped
    /// There was no index to drop.
    case wasNotThere
    /// An index of that name is there, but it is not the recorded one; it was left alone.
    case isAnotherIndex(objectID: UInt32, definition: String)
    /// An index of that name and definition is there, and nobody saw whether this change has built it.
    case foundThere(objectID: UInt32, isValid: Bool)
    /// The server refused or gave up; nothing stays behind.
    case failed(error: ChangeFailure)
    /// The person cancelled; nothing is left over.
    case cancelled
    /// The connection or hypo itself ended in the middle: only the server knows.
    case interrupted(reason: String)
  }

  /// How it ended.
  public var result: Result
  /// From the first statement to the last.
  public var durationInSeconds: Double
  /// What the server had counted afterwards; nil when it was not read.
  public var countersAfter: ChangeCounters?

  /// Makes an outcome from its facts.
  public init(_ result: Result, durationInSeconds: Double, countersAfter: ChangeCounters? = nil) {
    self.result = result
    self.durationInSeconds = durationInSeconds
    self.countersAfter = countersAfter
  }

  /// The ending in one line, without a final full stop.
  public var sentence: String { result.sentence }
}

/// The facts of a server's or connection's error, as they are kept in a record.
public struct ChangeFailure: Error, Hashable, Sendable {
  /// The primary message.
  public var message: String
  /// The five-character code; nil when the error is not the server's.
  public var sqlState: String?
  /// The server's detail.
  public var detail: String?
  /// The server's hint.
  public var hint: String?

  /// Makes a failure from its facts.
  public init(message: String, sqlState: String? = nil, detail: String? = nil, hint: String? = nil) {
    self.message = message
    self.sqlState = sqlState
    self.detail = detail
    self.hint = hint
  }
}

extension ChangeOutcome.Result {
  /// The ending in one line, without a final full stop.
  public var sentence: String {
    switch self {
    case .built(let objectID, let sizeInBytes):
      "the index was built and is valid (object id \(objectID), \(NumberText.bytes(sizeInBytes)))"
    case .installed(let version): "the extension was installed (version \(version))"
    case .alreadyThere(let objectID, true):
      "nothing was built: a valid index of that name was there before (object id \(objectID))"
    case .alreadyThere(let objectID, false):
      "nothing was built: an invalid index of that name was there before (object id \(objectID))"
    case .leftInvalidAndDropped(let reason):
      "the build failed and its invalid index was dropped: \(reason)"
    case .leftInvalidNotOurs(let objectID):
      "an invalid index of that name that is not ours is there and was left alone (object id \(objectID))"
    case .leftInvalidStaying(let objectID, let reason):
      "an invalid index (object id \(objectID)) is still there: \(reason)"
    case .dropped: "the index was dropped"
    case .wasNotThere: "the index was not there"
    case .isAnotherIndex(let objectID, let definition):
      "the index of that name is another one and was left alone (object id \(objectID)): \(definition)"
    case .foundThere(let objectID, let isValid):
      "\(isValid ? "a valid" : "an invalid") index of that name and definition is there (object id \(objectID)); "
        + "whether this change has built it is not known"
    case .failed(let error):
      "failed: \(error.message)" + (error.sqlState.map { " (\($0))" } ?? "")
    case .cancelled: "cancelled; nothing is left over"
    case .interrupted(let reason): "interrupted, look at the server: \(reason)"
    }
  }
}
