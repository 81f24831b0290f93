/// Why another program could not be run, or what it ended with.
public struct ProgramError: Error, Equatable, Sendable {
  /// The kinds of failure that callers tell apart.
  public enum Code: String, Sendable {
    /// No such executable in the folders that were searched.
    case notFound
    /// The program was there but the system would not start it.
    case notStarted
    /// The program ended with a status other than zero, or by a signal.
    case failed
    /// The program ran longer than it was given and was stopped.
    case timedOut
    /// The program wrote more than the caller wanted to hold.
    case outputTooLong
    /// The user that the program should run as does not exist on this system.
    case unknownUser
  }

  /// Which kind of failure this is.
  public var code: Code
  /// What failed, one sentence without a final full stop.
  public var message: String
  /// Why: the last lines that the program wrote to standard error, or the system's reason.
  public var detail: String?
  /// What to do next.
  public var hint: String?
  /// How the program ended; nil when it never ran or was stopped by us.
  public var status: ProgramStatus?

  /// Makes an error from its facts.
  public init(
    _ code: Code, _ message: String, detail: String? = nil, hint: String? = nil,
    status: ProgramStatus? = nil
  ) {
    self.code = code
    self.message = message
    self.detail = detail
    self.hint = hint
    self.status = status
  }
}

extension ProgramError {
  /// A program that ended otherwise than it should: its name, its status, its last words.
  static func failed(_ program: Program, _ output: ProgramOutput) -> ProgramError {
    let ending =
      switch output.status {
      case .exited(let code): "failed with status \(code)"
      case .signaled(let number): "was ended by signal \(number)"
      }
    return ProgramError(
      .failed, "\(program.name) \(ending)", detail: output.lastWords(), status: output.status)
  }
}
