import Reports
import Testing

@testable import Shell

@Suite struct WatchCommandTests {
  @Test(arguments: [
    ("x", "the interval must be a number of seconds from 0.1 to 86400"),
    ("c=0", "the number of times must be a whole number above 0"),
    ("i=0", "the interval must be a number of seconds from 0.1 to 86400"),
  ])
  func `wrong arguments of the backslash form are told`(arguments: String, message: String) {
    #expect(caught { _ = try WatchAgainCommand(reading: arguments, from: 0) }?.message == message)
  }

  @Test func `without a last command there is nothing to repeat`() {
    let loop = Loop(console: SilentConsole(), environment: [:])
    #expect(
      caught { _ = try loop.report(of: "\\watch") }
        == Failure(.script, "there is no command to repeat yet", hint: "usage: watch N [count C] COMMAND"))
  }

  @Test(arguments: [
    ("top 5", "top 5"), ("select 1; > x.csv", "select 1; "), ("status >! 'x y.md'", "status "),
    ("watch 0.5 count 2 top 5", "top 5"), ("watch 5 select 1; > x.json", "select 1;"),
    ("watch x top", "watch x top"), ("select 1; > x.none", "select 1; > x.none"),
  ])
  func `what is repeated has no file and is not watch itself`(line: String, command: String) {
    #expect(Loop.worthRepeating(line, try? PreparedCommand(line)) == command)
  }

  @Test(arguments: ["help", "\\s", "\\x", "\\e", "quit", "record"])
  func `what is about the shell is not repeated`(line: String) throws {
    #expect(Loop.worthRepeating(line, try PreparedCommand(line)) == nil)
  }

  @Test func `SQL behind watch goes to its semicolon`() {
    #expect(Completeness.of("watch 5 select 1") == .open(";"))
    #expect(Completeness.of("watch 5 count 2 select 1;") == .complete)
    #expect(Completeness.of("watch 5 top 3") == .complete)
    #expect(Completeness.of("watch 5 explain @1") == .complete)
    #expect(Completeness.of("watch 5") == .complete)
  }
}
