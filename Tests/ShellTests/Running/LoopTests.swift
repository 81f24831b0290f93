import IndexDesign
import Reports
import Testing

@testable import Shell

@Suite struct LoopTests {
  private func loop(interruptedAfter count: Int) -> (Loop, SilentConsole) {
    let console = SilentConsole()
    var asked = 0
    let loop = Loop(
      console: console,
      interrupts: Interrupts(fileDescriptor: -1) {
        asked += 1
        return asked == count
      }, environment: [:])
    return (loop, console)
  }

  @Test func `an interrupt that came between two commands ends a script`() {
    let (loop, console) = loop(interruptedAfter: 2)
    let status = loop.run(
      script: Array("set format\nset timing\nset expanded".utf8), file: "x.hypo")
    #expect(status == .cancelled)
    #expect(console.output == ["format  aligned", "timing  off"])
    #expect(console.errors == ["x.hypo:2: error: interrupted after this command"])
  }

  @Test func `an interrupt that came between two commands ends a row of them`() {
    let (loop, console) = loop(interruptedAfter: 1)
    #expect(loop.run(commands: ["set format", "set timing"]) == .cancelled)
    #expect(console.output == ["format  aligned"])
    #expect(console.errors == ["error: interrupted after this command"])
  }

  @Test func `blank lines and comments are nothing to run`() {
    let (loop, console) = loop(interruptedAfter: 9)
    #expect(loop.run(commands: ["", "  ", "# prose", "set format"]) == .done)
    #expect(console.output == ["format  aligned"])
  }

  @Test func `a line with a password is not kept as the last command`() {
    let (loop, _) = loop(interruptedAfter: 9)
    for line in ["set format", "set password hunter2"] { _ = loop.perform(line) }
    #expect(loop.lastCommand == "set format")
  }
}
