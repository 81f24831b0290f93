import Testing

@testable import Shell

@Suite struct LoopTests {
  private func sitting(interruptedAfter count: Int) -> (Sitting, SilentConsole) {
    let console = SilentConsole()
    let sitting = Sitting(console: console, environment: [:])
    var asked = 0
    sitting.takeInterrupt = {
      asked += 1
      return asked == count
    }
    return (sitting, console)
  }

  @Test func `an interrupt that came between two commands ends a script`() {
    let (sitting, console) = sitting(interruptedAfter: 2)
    let status = Loop(sitting: sitting).run(
      script: Array("set format\nset timing\nset expanded".utf8), file: "x.hypo")
    #expect(status == .cancelled)
    #expect(console.output == ["format  aligned", "timing  off"])
    #expect(console.errors == ["x.hypo:2: error: interrupted behind this command"])
  }

  @Test func `an interrupt that came between two commands ends a row of them`() {
    let (sitting, console) = sitting(interruptedAfter: 1)
    #expect(Loop(sitting: sitting).run(commands: ["set format", "set timing"]) == .cancelled)
    #expect(console.output == ["format  aligned"])
    #expect(console.errors == ["error: interrupted behind this command"])
  }

  @Test func `blank lines and comments are nothing to run`() {
    let (sitting, console) = sitting(interruptedAfter: 9)
    #expect(Loop(sitting: sitting).run(commands: ["", "  ", "# prose", "set format"]) == .done)
    #expect(console.output == ["format  aligned"])
  }

  @Test func `a line with a password is not kept as the last command`() {
    let (sitting, _) = sitting(interruptedAfter: 9)
    for line in ["set format", "set password hunter2"] { _ = Loop(sitting: sitting).perform(line) }
    #expect(sitting.lastCommand == "set format")
  }
}
