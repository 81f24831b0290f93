/// How a program ended.
public enum ProgramStatus: Equatable, Sendable {
  /// It ended by itself with this status, 0 to 255; zero means success.
  case exited(Int32)
  /// A signal with this number ended it.
  case signaled(Int32)

  /// Whether the program ended by itself with status zero.
  public var isSuccess: Bool { self == .exited(0) }
}

/// What a program that ran to its end left behind.
public struct ProgramOutput: Equatable, Sendable {
  /// How it ended.
  public var status: ProgramStatus
  /// All of standard output; bytes that are not UTF-8 are replaced.
  public var standardOutput: String
  /// All of standard error; bytes that are not UTF-8 are replaced.
  public var standardError: String

  /// Makes an output from its parts.
  public init(status: ProgramStatus, standardOutput: String, standardError: String) {
    self.status = status
    self.standardOutput = standardOutput
    self.standardError = standardError
  }

  /// The last lines of standard error that say something, or nil when it said nothing.
  ///
  /// - Parameter count: how many lines at most, in the order in which they were written.
  public func lastWords(_ count: Int = 8) -> String? {
    let lines = standardError.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
    return lines.isEmpty ? nil : lines.suffix(count).joined(separator: "\n")
  }
}
