import Foundation
import Notebook
import Programs
import Server
import TestSupport
import Testing

@testable import Shell

@Suite struct ManualPageTests {
  static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "man/hypo.1")

  static let declarations = CommandRegistry.all.map { $0.declaration }

  /// With HYPO_UPDATE_MAN=1 this writes the page instead of comparing it.
  @Test func `man/hypo.1 says what the commands declare`() throws {
    let page = try String(contentsOf: Self.file, encoding: .utf8)
    let wanted = try #require(
      ManualPage.page(
        page, withCommandList: ManualPage.commandList(Self.declarations) + ManualPage.topicList(HelpTopic.all)
      ),
      "the two marks around the list of commands are missing in man/hypo.1")
    if ProcessInfo.processInfo.environment["HYPO_UPDATE_MAN"] == "1" {
      try wanted.write(to: Self.file, atomically: true, encoding: .utf8)
    } else {
      #expect(
        page == wanted,
        "man/hypo.1 is stale; mend it with: HYPO_UPDATE_MAN=1 swift test --filter ManualPageTests")
    }
  }

  @Test func `man/hypo.1 names every setting`() throws {
    let page = try String(contentsOf: Self.file, encoding: .utf8)
    for entry in Settings.entries { #expect(page.contains("\n.It Cm \(entry.name)")) }
  }

  @Test func `man/hypo.1 names every flag of replay`() throws {
    let page = try String(contentsOf: Self.file, encoding: .utf8)
    let help = try Program(BuiltProducts.path(of: "hypo"), ["replay", "--help"]).run().standardOutput
    let flags = help.matches(of: /\n  --([a-z-]+)/).map { String($0.1) }
    #expect(flags.contains("verify"))
    #expect(flags.filter { !page.contains("\n.It Fl \\-\($0)") } == [])
  }

  @Test func `man/hypo.1 states the time-outs that a session has`() throws {
    let page = try String(contentsOf: Self.file, encoding: .utf8)
    let options = SessionOptions()
    #expect(page.contains("\n.It Va statement_timeout\n\(options.statementTimeout)."))
    #expect(page.contains("\n.It Va lock_timeout\n\(options.lockTimeout)."))
    #expect(
      page.contains("\n.It Va idle_in_transaction_session_timeout\n\(options.idleInTransactionTimeout)."))
  }

  @Test func `a list of commands has groups, synopses, sentences and examples`() {
    let list = ManualPage.commandList([
      CommandDeclaration(
        name: "watch", form: Form("N [by total|mean] COMMAND"), summary: "repeat a command",
        details: "Repeats it. It's done \"often\", or \\not.",
        examples: [.init("watch 5 top --x", gives: .parts([])), .init(".odd '1'", gives: .parts([]))],
        group: .workload, effects: .steersShell),
      CommandDeclaration(
        name: "quit", form: Form(""), summary: "leave", details: "Bye …", examples: [], group: .session,
        effects: .leaves),
    ])
    #expect(
      list == #"""
        .Ss Session
        .Bl -tag -width Ds
        .It Ic quit
        Leave.
        Bye \[u2026]
        .El
        .Ss Workload
        .Bl -tag -width Ds
        .It Ic watch Ar N No \&[by No \&total|mean] Ar COMMAND
        Repeat a command.
        Repeats it.
        It\(aqs done \(dqoften\(dq, or \enot.
        .Bd -literal -offset indent -compact
        watch 5 top \-\-x
        \&.odd \(aq1\(aq
        .Ed
        .El

        """#)
  }

  @Test func `placeholders stand apart from what is typed`() {
    #expect(
      ManualPage.arguments("TABLE(KEYS) | %n") == #" Ar TABLE Ns No \&( Ns Ar KEYS Ns No \&) No \&| No \&%n"#)
    #expect(ManualPage.arguments("") == "")
  }

  @Test func `the list takes the place between the marks and nothing else`() {
    let page = "before\n\(ManualPage.beginMark)\nold\n\(ManualPage.endMark)\nafter\n"
    #expect(
      ManualPage.page(page, withCommandList: "new\n")
        == "before\n\(ManualPage.beginMark)\nnew\n\(ManualPage.endMark)\nafter\n")
    #expect(ManualPage.page("no marks", withCommandList: "new\n") == nil)
  }
}
