import Foundation
import Glibc
import Programs
import TestSupport
import Testing

@Suite struct ProgramRunTests {
  @Test func `arguments arrive as they are, whatever a shell would make of them`() throws {
    let output = try Program("/usr/bin/printf", ["[%s]", "a b", "$HOME;", "*'\""]).run()
    #expect(
      output
        == ProgramOutput(status: .exited(0), standardOutput: "[a b][$HOME;][*'\"]", standardError: ""))
  }

  @Test func `input is read to its end`() throws {
    let text = String(repeating: "über\n", count: 50_000)
    #expect(try Program("/bin/cat").run(input: text).standardOutput == text)
  }

  @Test func `a program that does not read its input is no error`() throws {
    let output = try Program("/bin/true").run(input: String(repeating: "x", count: 1 << 20))
    #expect(output.status == .exited(0))
  }

  @Test func `the environment is the given one and nothing else`() throws {
    let output = try Program("/usr/bin/env", environment: ["ONE": "1"]).run()
    #expect(output.standardOutput == "ONE=1\n")
  }

  @Test func `the program starts in its working directory`() throws {
    #expect(try Program("/bin/pwd", workingDirectory: "/usr").run().standardOutput == "/usr\n")
  }

  @Test func `a child starts with no signal blocked or ignored`() throws {
    let output = try Self.onThreadOfItsOwn {
      var blocked = sigset_t()
      sigemptyset(&blocked)
      for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT] { sigaddset(&blocked, number) }
      pthread_sigmask(SIG_BLOCK, &blocked, nil)
      return try Program("/bin/cat", ["/proc/self/status"]).run()
    }
    let lines = output.standardOutput.split(separator: "\n")
    #expect(lines.contains("SigBlk:\t0000000000000000"))
    // Signals 32 and 33 are glibc's own.
    let ignored = try #require(lines.first { $0.hasPrefix("SigIgn:\t") }?.dropFirst(8))
    #expect(try #require(UInt64(ignored, radix: 16)) & 0x7fff_ffff == 0)
  }

  @Test func `errors are kept while the output goes on`() throws {
    let output = try Program("/bin/sh", ["-c", "read word; echo \"got $word\" >&2; exit 3"])
      .runOnTerminalKeepingErrors(input: "it\n")
    #expect(output == ProgramOutput(status: .exited(3), standardOutput: "", standardError: "got it\n"))
  }

  @Test func `a status other than zero tells the last words`() {
    let program = Program("/bin/ls", ["/no/such/place"], environment: ["LC_ALL": "C"])
    #expect(
      throws: ProgramError(
        .failed, "ls failed with status 2",
        detail: "/bin/ls: cannot access '/no/such/place': No such file or directory", status: .exited(2))
    ) { try program.run() }
  }

  @Test func `a signal that ended the program is named`() {
    #expect(throws: ProgramError(.failed, "sh was ended by signal 9", status: .signaled(9))) {
      try Program("/bin/sh", ["-c", "kill -9 $$"]).run()
    }
  }

  @Test func `a program that runs too long is stopped`() {
    #expect(throws: ProgramError(.timedOut, "sleep did not end within 0.2 seconds and was stopped")) {
      try Program("/bin/sleep", ["600"]).run(timeout: .milliseconds(200))
    }
  }

  @Test func `a program that writes too much is an error`() {
    #expect(throws: ProgramError(.outputTooLong, "seq wrote more than 1000 bytes")) {
      try Program("/usr/bin/seq", ["100000"]).run(limit: 1000)
    }
  }

  @Test func `a path without an executable file is told with the path`() {
    #expect(
      throws: ProgramError(
        .notFound, "could not find the program \"hypo-none\"",
        detail: "/usr/bin/hypo-none is not an executable file")
    ) { try Program("/usr/bin/hypo-none").run() }
  }

  @Test func `a working directory that does not exist is told`() {
    #expect(throws: ProgramError(.notStarted, "could not run true", detail: "/no/such/place is not a folder"))
    {
      try Program("/bin/true", workingDirectory: "/no/such/place").run()
    }
  }

  @Test func `many programs run at once from threads of the pool`() async throws {
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<20 {
        group.addTask { Int(try Program("/bin/echo", ["-n", "\(number)"]).run().standardOutput) ?? -1 }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 190)
  }

  @Test func `root runs a program as another user with that user's groups`() throws {
    guard UserIdentity.isRoot else {
      #expect(UserIdentity.current?.uid == geteuid())
      return
    }
    let postgres = try UserIdentity.named("postgres")
    let output = try Program("/usr/bin/id", ["-un"], identity: postgres).run()
    #expect(output.standardOutput == "postgres\n")
    let groups = try Program("/usr/bin/id", ["-G"], identity: postgres).run().standardOutput
    #expect(
      Set(groups.split(whereSeparator: \.isWhitespace).map(String.init))
        == Set(postgres.groups.map(String.init)))
  }

  @Test func `a pager that leaves early is no error`() throws {
    let status = try Program("/bin/true").runOnTerminal(input: String(repeating: "line\n", count: 200_000))
    #expect(status == .exited(0))
  }

  /// A thread whose signal mask may be changed without touching the pool's.
  private static func onThreadOfItsOwn<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) throws -> Value {
    let box = ResultBox<Value>()
    let done = DispatchSemaphore(value: 0)
    Thread {
      box.result = Result { try work() }
      done.signal()
    }.start()
    done.wait()
    return try #require(box.result).get()
  }

  @Test func `a script that a test has just written runs while other programs start`() throws {
    let folder = try TemporaryFolder()
    try whileProgramsStart {
      for number in 0..<100 {
        let script = try folder.writeProgram("echo \(number)", to: "script")
        #expect(try Program(script).run().standardOutput == "\(number)\n")
      }
    }
  }
}

private final class ResultBox<Value>: @unchecked Sendable {
  var result: Result<Value, any Error>?
}
