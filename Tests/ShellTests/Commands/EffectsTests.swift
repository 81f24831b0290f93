import Notebook
import Reports
import Testing

@testable import Shell

/// What every command may do: a new one changes a line here, on purpose.
@Suite struct EffectsTests {
  private static let all = (CommandRegistry.all + CommandRegistry.backslashed).map { $0.declaration }

  private func names(_ isMeant: (Effects) -> Bool) -> Set<String> {
    Set(Self.all.filter { isMeant($0.effects) }.map(\.name))
  }

  @Test func `these can change a database, so that their runs leave evidence`() {
    #expect(names(\.mayChangeDatabase) == ["promote", "rollback", "setup", "sandbox", "run"])
  }

  @Test func `behind these the names of the database are read again`() {
    #expect(names(\.mayChangeNames) == ["connect", "promote", "rollback", "setup", "sandbox", "run"])
  }

  @Test func `these may be run again and again`() {
    #expect(
      names(\.mayBeRepeated) == [
        "status", "doctor", "show", "help", "top", "query", "hypo list", "explain", "diff", "verify",
        "changes",
        "expect", "history",
      ])
  }

  @Test func `these are made again for the steps behind them`() {
    #expect(
      names(\.preparesLaterSteps) == [
        "connect", "disconnect", "query", "top", "explain", "diff", "hypo add", "hypo drop", "hypo reset",
        "hypo on",
        "hypo off", "set", "let", "on-fail", "\\x", "\\timing",
      ])
  }

  @Test func `these are in no recording, and of these no result is`() {
    #expect(
      names(\.isLeftOutOfRecordings) == [
        "record", "quit", "edit", "history", "help", "watch", "run", "\\watch", "\\g", "\\timing", "\\x",
      ])
    #expect(names { !$0.hasTranscript } == ["expect", "let", "pause", "on-fail", "run", "record"])
    #expect(names { $0.contains(.listsWhatGrows) } == ["changes"])
  }

  private static let lines: [(line: String, effects: Effects)] = [
    ("sandbox", .looks), ("sandbox status", .looks), ("sandbox start", .keepsInWorkspace),
    ("sandbox stop", .keepsInWorkspace), ("sandbox reset", [.changesDatabase, .changesNames]),
    ("sandbox remove", [.changesDatabase, .changesNames]),
    ("sandbox work", [.changesDatabase, .changesNames]),
    ("select 1;", [.looks, .keepsInWorkspace]), ("\\d orders", .looks), ("\\i x.hypo", .runsFiles),
    ("\\q", [.steersShell, .leaves]), ("exit", [.steersShell, .leaves]),
  ]

  @Test(arguments: lines)
  func `what is done depends on the arguments`(line: String, effects: Effects) throws {
    #expect(try PreparedCommand(line).effects == effects)
  }

  @Test(arguments: all) func `no example does more than its command declares`(declaration: CommandDeclaration)
    throws
  {
    for example in declaration.examples.map(\.line) {
      let effects = try PreparedCommand(example).effects
      #expect(CommandWords.effects(of: example) == declaration.effects, "\(example)")
      #expect(effects.mayChangeDatabase ? declaration.effects.mayChangeDatabase : true, "\(example)")
    }
  }

  @Test func `a line that is no command does nothing`() {
    for line in ["", "sttus", "\\nonsense", "hypo"] { #expect(CommandWords.effects(of: line) == []) }
  }
}
