import Sandbox

/// How the shell reaches the sandbox.
enum SandboxAccess {
  /// Starts the sandbox when needed.
  ///
  /// - Returns: the connection parameters.
  static func start(_ console: any Console, _ environment: [String: String]) throws -> [String: String] {
    throw Failure(.ownFailure, "the sandbox is not built yet")
  }
}
