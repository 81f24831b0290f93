import IndexDesign
import Reports
import Server
import TestSupport
import Testing

@testable import Notebook
@testable import Shell

/// What every command gives is read back from its record as it was.
@Suite struct CommandRoundTripTests {
  /// In this order each command finds what it needs.
  static let commands = [
    "connect", "status", "doctor", "setup", "set", "set timing on", "set timing off", "show format", "help",
    "help explain", "sandbox status", "history",
    "query q = SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50;", "query",
    "top 3", "top 3 by mean on orders", "show @q", "explain @q with (42)", "let cost = cost @q",
    "hypo list", "hypo add orders(customer_id, created_at desc)",
    "explain with r as (select customer_id, sum(total) s, rank() over (order by sum(total)) from orders group by 1) "
      + "select * from r where s > (select avg(s) from r) union select 1, 2, 3;",
    "explain (verbose, settings) select * from generate_series(1, 3) g where g in (select id from orders);",
    "hypo add orders(created_at) using brin where note is not null as brin_x", "hypo list", "show %1",
    "explain @q with (42)", "explain @q generic",
    "explain select o.id, c.name from orders o join customers c on c.id = "
      + "o.customer_id where o.status = 'paid' order by c.name limit 5;",
    "explain update orders set total = 1 where id = any (array[1, 2]);",
    "diff", "diff all", "show plan @q", "expect plan @q uses index %1", "hypo off", "hypo on", "hypo drop %2",
    "on-fail stop", "pause \"Go on?\"", "record", "promote %1 as round_x for CHG-1", "let c = change",
    "verify", "show change 1", "changes", "rollback", "verify change 1", "changes", "hypo reset", "hypo list",
    "select 1 as one, null as two, 'a\u{1}\n\"`' as \" a  b\", true, 1.5::float8, 'NaN'::numeric, '{}'::json;",
    "select * from orders where false;", "begin;", "set work_mem = '99kB';", "show work_mem;", "rollback;",
    "\\d orders", "\\dt+", "\\conninfo", "\\x", "run inner.hypo", "disconnect",
  ]

  /// What has no result of its own: an editor, the end, and other commands' results again and again.
  static let without: Set<String> = ["edit", "quit", "watch"]

  @Test func `every command's reports are read back as they were`() throws {
    let database = try TestCluster.shared.database(.orders)
    let folder = try TemporaryFolder()
    try folder.write("select 2 as inner;\n", to: "inner.hypo")
    var configuration = Configuration()
    configuration.settings.yes = true
    let loop = Loop(
      console: SilentConsole(),
      environment: ["HOME": folder.path, "XDG_STATE_HOME": "\(folder.path)/state", "PATH": "/usr/bin:/bin"],
      configuration: configuration)
    loop.use(TypedLines(["top 5", "status"]))
    loop.output.isKeptWhole = true
    _ = try loop.workspace.connect(to: database.conninfo)
    var seen: Set<String> = []
    for text in Self.commands + HelpTopic.all.map({ "help \($0.name)" }) {
      let text = text.replacing("inner.hypo", with: "\(folder.path)/inner.hypo")
      let prepared = try PreparedCommand(text == "connect" ? "connect \(database.conninfo)" : text)
      if case .command(let command) = prepared.action { seen.insert(type(of: command).declaration.name) }
      let ending = loop.perform(prepared)
      let shown = loop.output.shown
      guard case .success = ending else {
        Issue.record("\(text): \(ending)")
        continue
      }
      let lines = shown.flatMap { TranscriptForm.lines(of: $0) }
      #expect(lines.allSatisfy { !$0.contains { $0.isNewline } }, "\(text)")
      #expect(
        try Transcript(reading: lines).results == shown.map { .report($0) },
        "\(text):\n\(lines.joined(separator: "\n"))")
      // What is compared with itself has not drifted.
      #expect(
        TranscriptComparison().differences(
          recorded: try Transcript(reading: lines), came: shown.map { .report($0) }) == [], "\(text)")
    }
    let all = Set(CommandRegistry.all.map { $0.declaration.name })
    #expect(all.subtracting(seen) == Self.without)
    withExtendedLifetime(database) {}
  }

  @Test(arguments: [
    "select nope;", "explain @9", "delete from orders;", "hypo add orders(nope)", "set format x",
    "select 1/0;",
  ])
  func `what a failure tells is read back as it was`(text: String) throws {
    let loop = Loop(console: SilentConsole(), environment: [:])
    loop.workspace.connectLater(to: try Shop.database().conninfo)
    let ending = loop.perform(text)
    guard case .failure(let failure) = ending else {
      Issue.record("\(text): \(ending)")
      return
    }
    let lines = TranscriptForm.lines(of: failure)
    #expect(try Transcript(reading: lines).results == [.failure(TranscribedFailure(failure))])
  }
}
