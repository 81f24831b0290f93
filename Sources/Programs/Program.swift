import Foundation

/// Another program and everything that it is started with. Nothing passes through a shell.
public struct Program: Equatable, Sendable {
  /// The absolute path of the executable.
  public var path: String
  /// The arguments after the program's name, each handed over as it is.
  public var arguments: [String]
  /// The whole environment of the program.
  public var environment: [String: String]
  /// The folder that it starts in; nil means this process's own.
  public var workingDirectory: String?
  /// The user that it runs as; nil means this process's own. Only root may choose another.
  public var identity: UserIdentity?

  /// Makes a program from its parts.
  ///
  /// - Parameters:
  ///   - path: the absolute path of the executable.
  ///   - arguments: what follows the program's name.
  ///   - environment: the whole environment; nil means this process's own.
  ///   - workingDirectory: the folder to start in, or nil for this process's own.
  ///   - identity: the user to become, or nil to stay who we are.
  public init(
    _ path: String, _ arguments: [String] = [],
    environment: [String: String]? = nil,
    workingDirectory: String? = nil, identity: UserIdentity? = nil
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment ?? ProcessInfo.processInfo.environment
    self.workingDirectory = workingDirectory
    self.identity = identity
  }

  /// The last part of the path, for messages.
  public var name: String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
