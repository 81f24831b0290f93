import Testing

@testable import Shell

@Suite struct ReplayTests {
  @Test func `a command with a password is not echoed`() {
    let console = SilentConsole()
    let loop = Loop(sitting: Sitting(console: console, environment: [:]))
    let status = Replay(loop: loop, file: "x.hypo").run("set format\nset password hunter2")
    #expect(status == .script)
    #expect(
      console.output == [
        "hypo> set format", "format  aligned", "", "hypo> … (not shown: it holds a password)",
      ])
    #expect(!console.errors.joined().contains("hunter2"), "\(console.errors)")
  }
}
