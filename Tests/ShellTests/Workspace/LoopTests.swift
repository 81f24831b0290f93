import Testing

@testable import Shell

@Suite struct LoopTests {
  private func workspace(interruptedAfter count: Int) -> (Workspace, SilentConsole) {
    let console = SilentConsole()
    let workspace = Workspace(console: console, environment: [:])
    var asked = 0
    workspace.takeInterrupt = {
      asked += 1
      return asked == count
    }
    return (workspace, console)
  }

  @Test func `an interrupt that came between two commands ends a script`() {
    let (workspace, console) = workspace(interruptedAfter: 2)
    let status = Loop(workspace: workspace).run(
      script: Array("set format\nset timing\nset expanded".utf8), file: "x.hypo")
    #expect(status == .cancelled)
    #expect(console.output == ["format  aligned", "timing  off"])
    #expect(console.errors == ["x.hypo:2: error: interrupted behind this command"])
  }

  @Test func `an interrupt that came between two commands ends a row of them`() {
    let (workspace, console) = workspace(interruptedAfter: 1)
    #expect(Loop(workspace: workspace).run(commands: ["set format", "set timing"]) == .cancelled)
    #expect(console.output == ["format  aligned"])
    #expect(console.errors == ["error: interrupted behind this command"])
  }

  @Test func `blank lines and comments are nothing to run`() {
    let (workspace, console) = workspace(interruptedAfter: 9)
    #expect(Loop(workspace: workspace).run(commands: ["", "  ", "# prose", "set format"]) == .done)
    #expect(console.output == ["format  aligned"])
  }

  @Test func `a line with a password is not kept as the last command`() {
    let (workspace, _) = workspace(interruptedAfter: 9)
    for line in ["set format", "set password hunter2"] { _ = Loop(workspace: workspace).perform(line) }
    #expect(workspace.lastCommand == "set format")
  }
}
