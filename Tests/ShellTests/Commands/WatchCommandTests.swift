import Testing

@testable import Shell

@Suite struct WatchCommandTests {
  /// Commands that watch refuses; a new one goes here or among the repeatable ones.
  private static let others: Set<String> = [
    "connect", "disconnect", "sandbox", "setup", "set", "edit", "watch", "quit", "hypo add", "hypo drop",
    "hypo reset", "hypo on", "hypo off", "promote", "rollback", "run", "let", "on-fail", "pause", "record",
  ]

  @Test func `of every command it is decided whether it can be repeated`() {
    let names = Set(CommandRegistry.all.map { $0.declaration.name })
    #expect(WatchCommand.repeatable.isDisjoint(with: Self.others))
    #expect(names == WatchCommand.repeatable.union(Self.others))
  }

  @Test(arguments: [
    ("x", "the interval must be a number of seconds from 0.1 to 86400"),
    ("c=0", "the number of times must be a whole number above 0"),
    ("i=0", "the interval must be a number of seconds from 0.1 to 86400"),
  ])
  func `wrong arguments of the backslash form are told`(arguments: String, message: String) {
    var reader = ArgumentReader(arguments)
    #expect(caught { _ = try WatchCommand(last: "top", &reader) }?.message == message)
  }

  @Test func `without a last command there is nothing to repeat`() {
    var reader = ArgumentReader("")
    #expect(
      caught { _ = try WatchCommand(last: nil, &reader) }?.message == "there is no command to repeat yet")
  }

  @Test(arguments: [
    ("top 5", "top 5"), ("select 1; > x.csv", "select 1; "), ("status >! 'x y.md'", "status "),
    ("watch 0.5 count 2 top 5", "top 5"), ("watch 5 select 1; > x.json", "select 1;"),
    ("watch x top", "watch x top"), ("select 1; > x.none", "select 1; > x.none"),
  ])
  func `what is repeated has no file and is not watch itself`(line: String, command: String) {
    #expect(Loop.worthRepeating(line) == command)
  }

  @Test func `SQL behind watch goes to its semicolon`() {
    #expect(Completeness.of("watch 5 select 1") == .open(";"))
    #expect(Completeness.of("watch 5 count 2 select 1;") == .complete)
    #expect(Completeness.of("watch 5 top 3") == .complete)
    #expect(Completeness.of("watch 5 explain @1") == .complete)
    #expect(Completeness.of("watch 5") == .complete)
  }
}
