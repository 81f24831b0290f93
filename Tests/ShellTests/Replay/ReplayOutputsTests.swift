import Foundation
import FoundationXML
import Ledger
import TestSupport
import Testing

/// What a replay leaves for programs and for auditors, and what it would do.
@Suite struct ReplayOutputsTests {
  // MARK: --dry-run

  @Test func `a dry run connects to nothing and shows what would be sent`() throws {
    let hypo = try HypoProcess()
    #expect(
      try hypo.replay(
        """
        #: hypo 1
        #: connect service=nowhere
        #: requires hypopg
        #: parameter table = orders
        query q = select *
          from orders;
        explain @q
        select 1;
        hypo add :table(id)
        promote %1 as id_x
        [aurora] verify
        let c = change
        show change :c
        explain @5
        rollback
        rollback

        """, "--dry-run")
        == .init(
          output: """
            connect: service=nowhere
            require: hypopg
            1/11  x.hypo:5  query q = select * from orders;
            2/11  x.hypo:7  explain @q
                → BEGIN READ ONLY; EXPLAIN (FORMAT JSON) select * from orders
            3/11  x.hypo:8  select 1;
                → BEGIN READ ONLY; select 1;
            4/11  x.hypo:9  hypo add orders(id)
                → SELECT hypopg_create_index('CREATE INDEX ON orders (id)')
            5/11  x.hypo:10  promote %1 as id_x
                → CREATE INDEX CONCURRENTLY IF NOT EXISTS id_x ON orders (id);
                → its reverse: DROP INDEX CONCURRENTLY IF EXISTS id_x;
            6/11  x.hypo:11  [aurora] verify
            7/11  x.hypo:12  let c = change
            8/11  x.hypo:13  show change 1
            9/11  x.hypo:14  explain @5
                → BEGIN READ ONLY; EXPLAIN (FORMAT JSON) …, of a statement that the server knows
            10/11  x.hypo:15  rollback
                → DROP INDEX CONCURRENTLY IF EXISTS id_x;
            11/11  x.hypo:16  rollback
                → the reverse of the change
            nothing was sent: this was a dry run

            """))
    #expect(!FileManager.default.fileExists(atPath: "\(hypo.folder.path)/state/hypo/evidence"))
  }

  @Test func `a dry run says what it cannot follow`() throws {
    #expect(
      try HypoProcess().replay(
        """
        promote
        run other.hypo
        sandbox
        sandbox start
        sandbox work
        sandbox reset
        sandbox stop
        sandbox remove

        """, "--dry-run")
        == .init(
          output: """
            1/8  x.hypo:1  promote
                → CREATE INDEX CONCURRENTLY … of a design that only running can tell
            2/8  x.hypo:2  run other.hypo
                → the commands of the file, which a dry run does not follow
            3/8  x.hypo:3  sandbox
            4/8  x.hypo:4  sandbox start
                → the sandbox is made when there is none, and started
            5/8  x.hypo:5  sandbox work
                → the statements of the sandbox's workload, which write, too
            6/8  x.hypo:6  sandbox reset
                → the sandbox gets its first state back; what was made in it is lost
            7/8  x.hypo:7  sandbox stop
                → the sandbox is stopped; its data stays
            8/8  x.hypo:8  sandbox remove
                → the sandbox is deleted with all that is in it
            nothing was sent: this was a dry run

            """))
  }

  // MARK: --from

  @Test func `earlier steps are made again unseen, but for changes and expectations`() throws {
    let database = try TestCluster.shared.database(.orders)
    let hypo = try HypoProcess(database)
    let run = try hypo.replay(
      """
      # prose above
      query q = SELECT * FROM orders WHERE customer_id = 42;
      hypo add orders(customer_id)
      let cost = cost @q
      expect 2 < 1
      promote %1 as from_x
      changes
      # prose here
      expect plan @q uses index %1
      expect no index from_x
      select :cost < 200 as less;

      """, "--from", "7")
    #expect(
      run
        == .init(
          output: """
            prose here

            ok  plan @q uses index %1  (it uses %1)
            ok  no index from_x  (there is none)

            hypo> select 117.22 < 200 as less;
            less
            ----
            t

            (1 row)
            ok    9/9  x.hypo:11  T

            x.hypo: 1 command, 2 expectations held

            """.replacing("117.22", with: Self.number(in: run.output, before: " < 200")),
          errors: "evidence: FILE\n"))
    withExtendedLifetime(database) {}
  }

  private static func number(in text: String, before mark: String) -> String {
    guard let end = text.firstRange(of: mark)?.lowerBound else { return "?" }
    return String(text[..<end].split(separator: " ").last ?? "?")
  }

  @Test func `an earlier step that fails is told with its line`() throws {
    #expect(
      try Shop.hypo().replay("query q = select 1;\nexplain @nope\nexplain @q\n", "--from", "3")
        == .init(
          errors: """
            x.hypo:2: error: there is no query @nope
              explain @nope
                      ^
            hint: queries: @q

            """, status: 3))
  }

  // MARK: JSON and JUnit

  static let steps = """
    select 1 as "a<b>&\u{1}";
    expect 1 < 2
    select 1 as one;
    | sql
    | answer rows: two:integer
    |   1
    | tag "SELECT 1"
    [standby] status
    select nope;
    expect error 42703
    on-fail warn
    expect 3 < 2

    """

  private func objects(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `with --format json each step is an object on a line`() throws {
    let hypo = try Shop.hypo()
    let run = try hypo.replay(Self.steps, "--format", "json", "--verify")
    #expect(run.status == 0 && run.errors == "", "\(run)")
    let all = try objects(run.output)
    #expect(all.map { $0["kind"] as? String } == Array(repeating: "step", count: 8) + ["replay"])
    #expect(
      all.map { $0["outcome"] as? String } == [
        "ok", "ok", "drift", "skipped", "ok", "ok", "ok", "warned", "ok",
      ])
    #expect(all.compactMap { $0["line"] as? Int } == [1, 2, 3, 8, 9, 10, 11, 12])
    let drift = try #require(all[2]["drift"] as? [[String: Any]])
    #expect(drift.map { $0["recorded"] as? String } == ["two:integer"])
    #expect(drift.map { $0["came"] as? String } == ["one:integer"])
    #expect((all[4]["error"] as? [String: Any])?["sqlstate"] as? String == "42703")
    #expect((all[7]["error"] as? [String: Any])?["message"] as? String == "expectation failed: 3 < 2")
    #expect(all[8]["drift"] as? Int == 1 && all[8]["warned"] as? Int == 1 && all[8]["ok"] as? Int == 5)
    let strict = try hypo.replayAgain(["--format", "json", "--strict"])
    #expect(strict.status == 4)
    #expect(try objects(strict.output).last?["outcome"] as? String == "failed")
    let failed = try hypo.replay("select nope;\n", "--format", "json")
    #expect(failed.status == 3)
    #expect(try objects(failed.output).map { $0["outcome"] as? String } == ["failed", "failed"])
  }

  @Test func `JUnit counts cases, failures and what was skipped`() throws {
    let hypo = try Shop.hypo()
    #expect(try hypo.replay(Self.steps, "--verify", "--junit", "a.xml").status == 0)
    let lenient = try JUnit(hypo.folder.read("a.xml"))
    #expect(
      lenient.suite.filter { $0.key != "time" } == [
        "name": "x.hypo", "tests": "8", "failures": "0", "errors": "0", "skipped": "1",
      ])
    #expect(lenient.cases.map { $0["line"] } == ["1", "2", "3", "8", "9", "10", "11", "12"])
    #expect(lenient.cases.first?["name"] == #"1 select 1 as "a<b>&\x01";"#)
    #expect(lenient.failures == [])
    #expect(try hypo.replayAgain(["--strict", "--junit", "b.xml"]).status == 4)
    let strict = try JUnit(hypo.folder.read("b.xml"))
    #expect(strict.suite["failures"] == "2" && strict.failures == ["drift", "expectation failed: 3 < 2"])
    #expect(try hypo.replay("select 1;\nexpect 2 < 1\nselect 2;\n", "--junit", "c.xml").status == 4)
    let failed = try JUnit(hypo.folder.read("c.xml"))
    #expect(failed.suite["tests"] == "2" && failed.failures == ["expectation failed: 2 < 1"])
  }

  // MARK: Evidence

  private func finding(_ file: String) throws -> EvidenceFinding {
    var check = EvidenceCheck()
    check.take([UInt8](try Data(contentsOf: URL(fileURLWithPath: file))))
    return check.finish()
  }

  @Test func `a run that promotes leaves a chain with the SQL that was sent`() throws {
    let database = try TestCluster.shared.database(.orders)
    let hypo = try HypoProcess(database)
    let notebook =
      "#: hypo 1\n#: title A title\n#: ticket CHG-9\nhypo add orders(note)\npromote as evidence_x\n"
    try hypo.folder.write(notebook, to: "x.hypo")
    let run = try hypo.run(["replay", "--yes", "x.hypo"])
    #expect(run.status == 0, "\(run)")
    let path = try #require(run.errors.firstMatch(of: /evidence: (.*)\n/)).output.1
    #expect(path.hasPrefix("\(hypo.folder.path)/state/hypo/evidence/") && path.contains("-x-"), "\(path)")
    let found = try finding(String(path))
    #expect(found.fault == nil && found.isEnded)
    let records = try objects(String(contentsOfFile: String(path), encoding: .utf8)).compactMap {
      $0["record"] as? [String: Any]
    }
    // A short build is over before anybody has seen its index.
    let events = records.compactMap { $0["event"] as? String }.filter { $0 != "seen" }
    #expect(events == ["run", "connected", "step", "step", "intent", "outcome", "counted", "end"])
    for record in records where ["intent", "outcome"].contains(record["event"] as? String) {
      #expect(record["change"] as? Int == 1 && (record["ledger_sha256"] as? String)?.count == 64)
    }
    #expect(records[0]["ticket"] as? String == "CHG-9" && records[0]["title"] as? String == "A title")
    #expect(records[0]["notebook_sha256"] as? String == SHA256Digest(of: Array(notebook.utf8)).description)
    let sent = try #require(records[3]["sql"] as? [[String: Any]])
    let build = sent.filter { ($0["text"] as? String)?.contains("CREATE INDEX CONCURRENTLY") == true }
    #expect(
      build.map { $0["text"] as? String } == [
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS evidence_x ON public.orders (note)"
      ], "\(build)")
    #expect(build.map { $0["connection"] as? String } == ["change"])
    withExtendedLifetime(database) {}
  }

  @Test(arguments: [("remove", 0), ("reset", 1)])
  func `a run that can take the sandbox's data away leaves evidence, whatever came of it`(
    action: String, status: Int32
  ) throws {
    // There is no sandbox yet: nothing is there to be removed, and nothing that could be reset.
    let run = try HypoProcess().replay("sandbox status\nsandbox \(action)\n")
    #expect(run.status == status && run.errors.hasSuffix("evidence: FILE\n"), "\(run)")
    #expect(try HypoProcess().replay("sandbox status\n").errors == "")
  }

  @Test func `a run that only looks leaves none unless it is asked for, and no password anywhere`() throws {
    let hypo = try Shop.hypo()
    let notebook = """
      #: hypo 1
      #: parameter password
      set pager 'password=hunter1'
      select 'postgresql://u:hunter2@h/x';
      select :'password' as p, length(:'password');
      query q = select * from orders where note = :'password';
      explain @q

      """
    let plain = try hypo.replay(notebook, "--set", "password=hunter3")
    #expect(plain.status == 0 && plain.errors == "", "\(plain)")
    #expect(plain.output.contains("hypo> select :'password' as p, length(:'password');\n"), "\(plain.output)")
    let run = try hypo.replayAgain(["--set", "password=hunter3", "--evidence", "e.jsonl", "--junit", "j.xml"])
    #expect(run.status == 0 && run.errors == "evidence: FILE\n", "\(run)")
    let evidence = try hypo.folder.read("e.jsonl")
    #expect(try finding("\(hypo.folder.path)/e.jsonl").fault == nil)
    #expect(!evidence.contains("hunter"), "\(evidence)")
    #expect(try !hypo.folder.read("j.xml").contains("hunter"))
    #expect(evidence.contains("--set password=…"))
    // A second run goes on in the same file.
    _ = try hypo.replayAgain(["--set", "password=hunter3", "--evidence", "e.jsonl"])
    let finding = try finding("\(hypo.folder.path)/e.jsonl")
    #expect(finding.fault == nil && finding.runs == 2)
  }
}

/// What a CI system reads.
private final class JUnit: NSObject, XMLParserDelegate {
  var suite: [String: String] = [:]
  var cases: [[String: String]] = []
  var failures: [String] = []

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.coderReadCorrupt) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    switch name {
    case "testsuite": suite = attributes
    case "testcase": cases.append(attributes)
    case "failure": failures.append(attributes["message"] ?? "")
    default: break
    }
  }
}
