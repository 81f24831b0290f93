import Glibc

/// A program on this process's terminal that is given its input piece by piece: a pager.
///
/// It stays in this process's group, so that the terminal's keys reach it. An interrupt typed meanwhile is
/// pending in this process afterwards; the caller drops it.
public final class FedProgram {
  private var child: Child?
  private let input: CInt

  /// Starts the program with this process's own standard output and error.
  ///
  /// The caller must ignore SIGPIPE.
  /// - Throws: `ProgramError` when it could not be started.
  public init(_ program: Program) throws(ProgramError) {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw ProgramError(
        .notStarted, "could not run \(program.name)", detail: String(cString: strerror(errno)))
    }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    do { child = try program.start((ends[0], STDOUT_FILENO, STDERR_FILENO)) } catch {
      close(ends[1])
      throw error
    }
    input = ends[1]
  }

  /// Gives it text; waits while it reads nothing.
  ///
  /// - Returns: false when it reads no more, which is no error of a pager.
  public func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(input, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return true
    }
  }

  /// Ends its input and waits for its end, however long it takes. Afterwards it is of no use.
  public func finish() {
    guard let child = child.take() else { return }
    close(input)
    _ = child.wait()
  }

  deinit { finish() }
}
