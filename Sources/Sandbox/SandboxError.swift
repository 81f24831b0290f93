import Programs
import Storage

/// Why the sandbox, or the private cluster under it, could not do what it was asked.
public struct SandboxError: Error, Equatable, Sendable {
  /// The kinds of failure that callers tell apart.
  public enum Code: Equatable, Sendable {
    /// No PostgreSQL server is installed, or none of the wanted version.
    case serverMissing
    /// A server is installed, but not the extensions that the sandbox needs.
    case extensionMissing
    /// The directory holds something that hypo did not make; it is left alone.
    case notOurs
    /// The directory cannot be made, entered or written.
    case unusableDirectory
    /// The cluster or its data could not be made.
    case couldNotMake
    /// The server did not start.
    case couldNotStart
    /// The server did not stop.
    case couldNotStop
    /// The server refused a connection or a statement.
    case server
    /// Somebody else is connected: this many other sessions.
    case othersConnected(Int)
    /// There is no sandbox yet.
    case notMade
    /// Another process works on the same sandbox and did not finish in time.
    case busy
    /// The person asked to stop.
    case cancelled
  }

  /// Which kind of failure this is.
  public var code: Code
  /// What failed, one sentence without a final full stop.
  public var message: String
  /// Why: the last lines of a program or of the server's log.
  public var detail: String?
  /// What to do next.
  public var hint: String?

  /// Makes an error from its facts.
  public init(_ code: Code, _ message: String, detail: String? = nil, hint: String? = nil) {
    self.code = code
    self.message = message
    self.detail = detail
    self.hint = hint
  }

  /// The same failure of a file or folder, with what to do about it.
  init(_ code: Code, _ error: StorageError) {
    self.init(code, error.message, hint: error.hint)
  }

  /// The same failure of another program, told as the sandbox's own.
  init(_ code: Code, _ message: String, because error: ProgramError, hint: String? = nil) {
    let reason = [error.message, error.detail].compactMap(\.self).joined(separator: "\n")
    self.init(code, message, detail: reason, hint: hint ?? error.hint)
  }
}
