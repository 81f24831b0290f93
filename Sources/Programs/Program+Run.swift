import Glibc
public import Storage

extension Program {
  /// Runs the program to its end and takes what it wrote, whatever its status.
  ///
  /// The program starts with no signal blocked or ignored, however this process has set its own. It
  /// stays in this process's group, so that Ctrl-C at the terminal ends it too.
  ///
  /// - Parameters:
  ///   - input: text for its standard input; empty means end of file at once.
  ///   - limit: how many bytes of standard output, and of standard error, are taken at most.
  ///   - timeout: how long it may run; nil means as long as it likes. Then it gets SIGTERM, and
  ///     two seconds later SIGKILL.
  /// - Throws: `ProgramError` when it could not be started, ran too long or wrote too much. A status
  ///   other than zero is not an error here; `run` makes it one.
  public func output(
    input: String = "", limit: Int = 64 << 20, timeout: Duration? = nil
  ) throws(ProgramError) -> ProgramOutput {
    let stdin = try Self.file(input)
    let stdout = try Self.file()
    let stderr = try Self.file()
    let child = try start((stdin.descriptor, stdout.descriptor, stderr.descriptor))
    let deadline = timeout.map { ContinuousClock.now + $0 }
    var pause: useconds_t = 500
    while true {
      let status = child.statusIfEnded()
      guard max(stdout.count, stderr.count) <= limit else {
        if status == nil { child.end() }
        throw ProgramError(.outputTooLong, "\(name) wrote more than \(limit) bytes")
      }
      if let status {
        return ProgramOutput(status: status, standardOutput: stdout.text(), standardError: stderr.text())
      }
      if let timeout, let deadline, ContinuousClock.now >= deadline {
        child.end()
        throw ProgramError(.timedOut, "\(name) did not end within \(timeout) and was stopped")
      }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
  }

  /// Runs the program to its end and takes what it wrote; any status but zero is an error.
  ///
  /// The parameters are those of `output`.
  ///
  /// - Throws: `ProgramError`; for a failed program with its status and last lines of standard error.
  @discardableResult
  public func run(
    input: String = "", limit: Int = 64 << 20, timeout: Duration? = nil
  ) throws(ProgramError) -> ProgramOutput {
    let output = try output(input: input, limit: limit, timeout: timeout)
    guard output.status.isSuccess else { throw ProgramError.failed(self, output) }
    return output
  }

  /// Runs the program with this process's own standard output and error, and its standard input unless
  /// a text is given, and waits for its end: for pagers, editors and psql.
  ///
  /// The program stays in this process's group, so that the terminal's keys reach it. An interrupt
  /// typed meanwhile is pending in this process afterwards; the caller drops it.
  ///
  /// - Parameter input: text for its standard input, or nil to give it this process's own. A pager
  ///   that leaves before it has read all of it is no error.
  /// - Returns: how it ended.
  /// - Throws: `ProgramError` when it could not be started.
  public func runOnTerminal(input: String? = nil) throws(ProgramError) -> ProgramStatus {
    guard let input else { return try start((STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO)).wait() }
    return try runOnTerminal(input: try Self.file(input))
  }

  /// Runs the program on this process's own standard output and error with a file from its start as its input,
  /// and waits for its end: for pagers, which may leave before they have read all of it.
  ///
  /// - Returns: how it ended.
  /// - Throws: `ProgramError` when it could not be started.
  @discardableResult
  public func runOnTerminal(input: NamelessFile) throws(ProgramError) -> ProgramStatus {
    input.rewind()
    return try start((input.descriptor, STDOUT_FILENO, STDERR_FILENO)).wait()
  }

  /// Runs the program on this process's own standard input and output, waits for its end and keeps what it
  /// wrote to standard error, so that the caller can word it.
  ///
  /// - Parameter input: text for its standard input, or nil to give it this process's own.
  /// - Returns: how it ended; its standard output went where this process's own goes.
  /// - Throws: `ProgramError` when it could not be started.
  public func runOnTerminalKeepingErrors(input: String? = nil) throws(ProgramError) -> ProgramOutput {
    let stdin = try input.map { (text) throws(ProgramError) in try Self.file(text) }
    let stderr = try Self.file()
    let status = try start((stdin?.descriptor ?? STDIN_FILENO, STDOUT_FILENO, stderr.descriptor)).wait()
    return ProgramOutput(status: status, standardOutput: "", standardError: stderr.text())
  }

  private static func file(_ text: String = "") throws(ProgramError) -> NamelessFile {
    do throws(StorageError) { return try NamelessFile(text) } catch {
      throw ProgramError(.notStarted, error.message, hint: error.hint)
    }
  }

  func start(_ streams: (CInt, CInt, CInt)) throws(ProgramError) -> Child {
    guard Executables.isExecutableFile(path) else {
      throw ProgramError(
        .notFound, "could not find the program \"\(name)\"", detail: "\(path) is not an executable file")
    }
    var words: [String] = []
    // posix_spawn changes neither the user nor (portably) the folder; setpriv of util-linux and env of
    // coreutils do, and then become the program.
    if let identity, identity.uid != geteuid() {
      let groups = identity.groups.map(String.init).joined(separator: ",")
      words += [try Executables.find("setpriv", in: ["/usr/bin", "/bin"])]
      words += ["--reuid=\(identity.uid)", "--regid=\(identity.gid)", "--groups=\(groups)", "--"]
    }
    if let workingDirectory {
      try checkWorkingDirectory(workingDirectory)
      words += [try Executables.find("env", in: ["/usr/bin", "/bin"]), "--chdir=\(workingDirectory)", "--"]
    }
    words += [path] + arguments
    return try Child(words[0], Array(words.dropFirst()), environment: environment, streams: streams)
  }

  private func checkWorkingDirectory(_ folder: String) throws(ProgramError) {
    var facts = stat()
    guard stat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      throw ProgramError(.notStarted, "could not run \(name)", detail: "\(folder) is not a folder")
    }
  }
}
