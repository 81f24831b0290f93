/// What went wrong between hypo and a file.
public struct StorageError: Error, Equatable, Sendable {
  /// The kinds of failure that callers tell apart.
  public enum Code: String, Sendable {
    /// No place for the file can be named.
    case noPlace
    /// The file is there and may not be replaced.
    case exists
    /// There is a folder, a device or a pipe in the place of the file.
    case notAFile
    /// The folder that the file is to be in is missing.
    case noFolder
    /// The file or its folder can be neither opened nor made.
    case cannotOpen
    /// The file or its folder can be read but not written.
    case notWritable
    /// The disk is full.
    case diskFull
    /// Another process holds the file.
    case busy
    /// Another file, or none, has the name meanwhile.
    case moved
    /// Another program has written to the file meanwhile.
    case touched
    /// An earlier failure has left a part of something in the file.
    case torn
    /// The file is damaged, or of another kind.
    case damaged
    /// The file was made by a newer hypo.
    case newer
    /// Anything else.
    case other
  }

  /// Which kind of failure this is.
  public var code: Code
  /// What failed and why, one sentence without a final full stop.
  public var message: String
  /// What to do next; nil when only the caller knows.
  public var hint: String?
  /// The words of SQLite or the operating system; nil when there are none.
  public var underlying: String?

  /// Makes an error from its facts.
  public init(_ code: Code, _ message: String, hint: String? = nil, underlying: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.underlying = underlying
  }

  /// What the operating system refused while `task` ("could not …") was tried; a full disk has a code of its own.
  public init(_ reason: SystemReason, _ code: Code, _ task: String) {
    self.init(
      reason.isFullDisk ? .diskFull : code, "\(task): \(reason.words)",
      hint: reason.isFullDisk ? "free some space on that disk" : nil, underlying: reason.original)
  }
}
