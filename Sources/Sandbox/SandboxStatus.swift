public import Foundation

/// What is known of the sandbox.
public struct SandboxStatus: Equatable, Sendable {
  /// The states that a sandbox can be in.
  public enum State: String, Sendable {
    /// There is none.
    case absent
    /// Its making was not finished; the next start makes it again.
    case unfinished
    /// It is there and its server does not run.
    case stopped
    /// Its server runs.
    case running
  }

  /// The state.
  public var state: State
  /// The absolute path of the folder that holds all of it.
  public var directory: String
  /// How much disk it takes, in bytes; 0 when it is absent.
  public var sizeInBytes: Int
  /// The version of the server that runs it, such as `15.18`; nil when that server is not installed.
  public var serverVersion: String?
  /// Whether another hypo made it, from other statements than this one would: examples may drift on it.
  public var isOfAnotherRecipe: Bool
  /// The folder of the server's socket; nil unless it runs.
  public var socketFolder: String?
  /// The server's process id; nil unless it runs.
  public var processID: Int32?
  /// When the server was started; nil unless it runs.
  public var startedAt: Date?
  /// How many sessions are connected; nil unless it runs.
  public var sessions: Int?
}
