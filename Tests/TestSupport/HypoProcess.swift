import Foundation
import Programs
import Sandbox

/// The built `hypo`, in an environment of its own: none of the user's PG* variables, its own state folder.
public struct HypoProcess {
  /// What one run left behind.
  public struct Run: Equatable, Sendable {
    /// All of standard output.
    public var output: String
    /// All of standard error.
    public var errors: String
    /// How it ended, as a shell tells it: a signal counts from 128.
    public var status: Int32

    /// A run by what it leaves.
    public init(output: String = "", errors: String = "", status: Int32 = 0) {
      self.output = output
      self.errors = errors
      self.status = status
    }
  }

  /// A folder of its own, in which the program runs; its state is kept below.
  public let folder: TemporaryFolder
  /// The whole environment of the program.
  public var environment: [String: String]

  /// The program with libpq's defaults pointing at a database.
  ///
  /// - Parameters:
  ///   - database: what to connect to when no target is named; nil for a place where no server is.
  ///   - user: the role; nil for the superuser.
  public init(_ database: TestDatabase? = nil, user: String? = nil) throws {
    folder = try TemporaryFolder()
    environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path, "XDG_STATE_HOME": "\(folder.path)/state",
      "LANG": "C.UTF-8", "PGHOST": folder.path, "PGPORT": "5432", "PGUSER": "nobody", "PGDATABASE": "none",
    ]
    // The sandbox that it makes is of the version that the tests run on.
    environment[ServerBinaries.variable] = ProcessInfo.processInfo.environment[ServerBinaries.variable]
    guard let database else { return }
    for (keyword, variable) in [("host", "PGHOST"), ("port", "PGPORT"), ("dbname", "PGDATABASE")] {
      environment[variable] = database.parameters[keyword]
    }
    environment["PGUSER"] = user ?? database.parameters["user"]
  }

  /// Runs it to its end.
  ///
  /// - Parameter input: the text on its standard input.
  public func run(_ arguments: [String], input: String = "") throws -> Run {
    let output = try Program(
      BuiltProducts.path(of: "hypo"), arguments, environment: environment, workingDirectory: folder.path
    ).output(input: input, timeout: Patience.limit)
    let status =
      switch output.status {
      case .exited(let code): code
      case .signaled(let number): 128 + number
      }
    return Run(output: output.standardOutput, errors: output.standardError, status: status)
  }

  /// Runs commands, each given with `-c`.
  public func run(commands: String...) throws -> Run { try run(commands.flatMap { ["-c", $0] }) }

  /// Starts it in front of a person; it says `ready` whenever it awaits keys.
  public func onTerminal(_ arguments: [String] = [], width: Int = 80, height: Int = 24) throws
    -> PseudoTerminal
  {
    try PseudoTerminal(
      BuiltProducts.path(of: "hypo"), arguments,
      environment: environment.merging(["HYPO_READINESS_MARK": Self.ready]) { $1 }, width: width,
      height: height)
  }

  /// What a terminal gets each time when keys are awaited; a screen does not show it.
  public static let ready = "\u{1}\u{2}"
}

extension PseudoTerminal {
  /// Waits until `hypo` awaits keys, after what an earlier wait has found.
  public func waitForPrompt() throws { try waitForOutput(HypoProcess.ready) }

  /// Types a line and waits until it was worked off.
  public func enter(_ line: String) throws {
    try type(line + "\r")
    try waitForPrompt()
  }
}
