import Glibc
import Postgres
import Sandbox
import TestSupport
import Testing

@testable import Shell

/// `sandbox`, the private server. What makes and ends one runs in the program, whose environment names its folder.
@Suite struct SandboxCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "sandbox nope") == """
        error: unexpected "nope"
          sandbox nope
                  ^
        hint: one of: start, stop, reset, remove, status, work
        """)
    #expect(
      trial.screen(after: "sandbox start x") == """
        error: unexpected "x"
          sandbox start x
                        ^
        hint: usage: sandbox [start | stop | reset | remove | status | work [for TIME]]
        """)
    #expect(
      trial.screen(after: "sandbox work for") == """
        error: for needs a time of at most a day, such as 10s or 2min
          sandbox work for
                          ^
        hint: for example for 10s
        """)
    for typed in ["5", "0s", "25h", "soon"] {
      #expect(
        trial.screen(after: "sandbox work for \(typed)") == """
          error: for needs a time of at most a day, such as 10s or 2min
            sandbox work for \(typed)
                             ^
          hint: usage: sandbox [start | stop | reset | remove | status | work [for TIME]]
          """)
    }
  }

  /// The names of what a status tells.
  private func names(_ output: String) -> [String] {
    output.split(separator: "\n").map { String($0.prefix { $0 != " " && $0 != ":" }) }
  }

  @Test func `it is started, works, asks before others lose their connection, and is removed`() throws {
    let hypo = try HypoProcess()
    let folder = "\(hypo.folder.path)/state/hypo/sandbox"
    #expect(try hypo.run(commands: "sandbox") == .init(output: "sandbox  absent\nfolder   \(folder)\n"))

    // The workload knows the customers and products of a whole sandbox. For hypo it is one that another version made.
    let small = SandboxScale(customers: 50_000, products: 2_000, orders: 5_000, rounds: 1)
    let sandbox = Sandbox(directory: folder, scale: small)
    defer { try? sandbox.remove(force: true) }
    let parameters = try sandbox.start()
    let running = [
      "sandbox", "folder", "server", "size", "socket", "started", "sessions", "warning", "hint", "hint",
    ]
    let status = try hypo.run(commands: "sandbox status")
    #expect(status.output.hasPrefix("sandbox   running\nfolder    \(folder)\nserver    PostgreSQL "))
    #expect(
      status.output.hasSuffix(
        """

        sessions  0

        warning: another version of hypo made this sandbox; recorded notebooks may drift on it
        hint: make it anew, without what was made in it: sandbox reset
        hint: connect sandbox

        """))
    #expect(names(status.output) == running && status.errors == "" && status.status == 0)
    let connected = try hypo.run(commands: "connect sandbox")
    #expect(
      connected.output.hasSuffix(
        """

        warning: another version of hypo made this sandbox; recorded notebooks may drift on it
        hint: make it anew, without what was made in it: sandbox reset

        """), "\(connected)")
    try asksWhenOthersAreConnected(hypo, parameters)
    #expect(sandbox.status().state == .running)
    let work = try hypo.run(commands: "sandbox work for 0.2s")
    #expect(
      work.output.replacing(/^[0-9,]+/, with: "N") == "N statements of the workload have run\n", "\(work)")

    let other = try Connection(ConnectionParameters(parameters))
    let stopped = try hypo.run(["--yes", "-c", "sandbox stop"])
    #expect(
      names(stopped.output) == ["sandbox", "folder", "server", "size", "warning", "hint"]
        && stopped.status == 0)
    #expect(stopped.output.hasPrefix("sandbox  stopped\n"))
    withExtendedLifetime(other) {}
    #expect(names(try hypo.run(commands: "sandbox start").output) == running)
    let removed = try hypo.run(commands: "sandbox remove")
    #expect(removed.output == "sandbox  absent\nfolder   \(folder)\n", "\(removed)")
  }

  private func asksWhenOthersAreConnected(_ hypo: HypoProcess, _ parameters: [String: String]) throws {
    let others = try [1, 2].map { _ in try Connection(ConnectionParameters(parameters)) }
    #expect(
      try hypo.run(commands: "sandbox remove")
        == .init(
          errors: "error: nobody confirmed: nothing was changed\nhint: a script confirms with --yes\n",
          status: 6))
    let terminal = try hypo.onTerminal(["-c", "sandbox stop"])
    try terminal.waitForScreen("Type stop to stop the sandbox and end 2 other sessions:")
    try terminal.type("no\r")
    #expect(try terminal.waitForExit() == .code(6))
    #expect(
      terminal.screen.text.hasSuffix("error: the answer was not \"stop\": nothing was changed"),
      "\(terminal.screen.text)")
    withExtendedLifetime(others) {}
  }
}
