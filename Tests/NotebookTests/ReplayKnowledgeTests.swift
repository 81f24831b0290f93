import IndexDesign
import Reports
import Testing

@testable import Notebook

/// What is written in front of a recorded step.
@Suite struct ReplayKnowledgeTests {
  private let start: RecordedSession

  init() {
    var session = RecordedSession()
    session.queries = [
      .init(handle: .number(3), text: "SELECT $1 -- last", queryID: "-7", isRanked: true),
      .init(handle: .name("q"), text: "SELECT 'a;\n@9'"), .init(handle: .name("unused"), text: "SELECT 1"),
    ]
    session.designs = [
      DesignHandle(1): .init(definition: "t(a)", canBeHypothetical: true),
      DesignHandle(2): .init(definition: "\"t\"\"\nu\"(b)", canBeHypothetical: true),
      DesignHandle(3): .init(definition: "t(c) using gin", canBeHypothetical: false),
      DesignHandle(4): .init(definition: "t(d)", canBeHypothetical: true),
    ]
    start = session
  }

  private func uses(_ command: String, _ plans: RecordedUses.Plans = .none, _ shown: Report...)
    -> RecordedUses
  {
    RecordedUses(of: command, showing: shown, givesQueries: false, plans: plans)
  }

  @Test func `a query is written once, by its text, and again when it means something else`() {
    let session = start
    var knowledge = ReplayKnowledge()
    #expect(
      knowledge.commands(before: session, using: uses("explain @3"))
        == ["query @3 = SELECT $1 -- last\n; queryid -7"])
    #expect(knowledge.commands(before: session, using: uses("explain @3")) == [])
    #expect(knowledge.commands(before: session, using: uses("EXPLAIN @Q")) == ["query q = SELECT 'a;\n@9';"])
    var later = session
    later.queries[1].text = "SELECT 2"
    #expect(knowledge.commands(before: later, using: uses("explain @q")) == ["query q = SELECT 2;"])
    // What a step in the recording gives is known.
    later.queries[1].text = "SELECT 3"
    knowledge.note(from: later, to: later, giving: [.name("q"), .number(3)])
    #expect(knowledge.commands(before: later, using: uses("explain @q")) == [])
  }

  @Test func `what top has given is written when it is used, and not when it is given`() {
    let session = start
    var knowledge = ReplayKnowledge()
    let list = Report(
      "top", [.table(.init(name: "statements", columns: [.init("query")], rows: [[.handle("@3")]]))])
    let top = RecordedUses(of: "top 5", showing: [list], givesQueries: true, plans: .none)
    #expect(knowledge.commands(before: session, using: top) == [])
    knowledge.note(from: session, to: session, giving: [.number(3)])
    #expect(
      knowledge.commands(before: session, using: uses("diff all", .none, list))
        == ["query @3 = SELECT $1 -- last\n; queryid -7"])
  }

  @Test func `designs get their handles, and what the planner sees is the same at each step`() {
    var session = start
    var knowledge = ReplayKnowledge()
    #expect(knowledge.commands(before: session, using: uses("status")) == [])
    session.active = [DesignHandle(2)]
    session.areDesignsSeen = false
    #expect(
      knowledge.commands(before: session, using: uses("show %3"))
        == ["hypo add %2 = \"t\"\"\nu\"(b)", "hypo add %3 = t(c) using gin", "hypo off"])
    #expect(knowledge.nextDesign == DesignHandle(4))
    // One that was dropped is there as a proposal only.
    #expect(
      knowledge.commands(before: session, using: uses("hypo add %1")) == [
        "hypo add %1 = t(a)", "hypo drop %1",
      ])
    var after = session
    after.active.insert(DesignHandle(1))
    knowledge.note(from: session, to: after, giving: [])
    #expect(knowledge.commands(before: after, using: uses("explain")) == [])
    // What was done by a command that is left out is done again.
    var later = after
    later.active = [DesignHandle(1), DesignHandle(4)]
    later.areDesignsSeen = true
    #expect(
      knowledge.commands(before: later, using: uses("select"))
        == ["hypo add %4 = t(d)", "hypo drop %2", "hypo on"])
    later.active = [DesignHandle(1), DesignHandle(2)]
    #expect(knowledge.commands(before: later, using: uses("select")) == ["hypo drop %4", "hypo add %2"])
  }

  @Test func `what is named in a result is used, too`() {
    let session = start
    var knowledge = ReplayKnowledge()
    let list = Report(
      "hypo list",
      [
        .table(.init(name: "designs", columns: [.init("design")], rows: [[.handle("%1")]])),
        .note(.init(weight: .good, text: "better, through %4")),
      ])
    #expect(
      knowledge.commands(before: session, using: uses("hypo list", .none, list))
        == ["hypo add %1 = t(a)", "hypo add %4 = t(d)", "hypo drop %1 %4"])
  }

  @Test func `values of before are planned again where they count`() {
    var session = start
    session.planned = [.number(3): ["42"], .name("q"): []]
    session.last = session.queries[0]
    var knowledge = ReplayKnowledge()
    let query = "query @3 = SELECT $1 -- last\n; queryid -7"
    #expect(knowledge.commands(before: session, using: uses("explain @3 with (7)")) == [query])
    #expect(knowledge.commands(before: session, using: uses("diff @3", .named)) == ["explain @3 with (42)"])
    #expect(knowledge.commands(before: session, using: uses("diff @3", .named)) == [])
    #expect(
      knowledge.commands(before: session, using: uses("diff @q", .named)) == ["query q = SELECT 'a;\n@9';"])
    #expect(knowledge.commands(before: session, using: uses("show plan @q", .shown)) == ["explain @q"])
    // Now a replay would take @q for the last one.
    #expect(knowledge.commands(before: session, using: uses("diff", .last)) == ["explain @3 with (42)"])
    #expect(knowledge.commands(before: session, using: uses("diff", .last)) == [])
    #expect(
      knowledge.commands(before: session, using: uses("expect no regression", .all))
        == ["query unused = SELECT 1;"])
  }

  @Test func `a statement without a handle is planned again for a bare command`() {
    var session = start
    let typed = RecordedSession.Query(handle: .name(""), text: "SELECT $1, $2")
    session.last = typed
    session.planned = [.name(""): ["1", "'x'"]]
    var knowledge = ReplayKnowledge()
    #expect(
      knowledge.commands(before: session, using: uses("diff", .last))
        == ["explain SELECT $1, $2; with (1, 'x')"])
    knowledge.note(last: session.queries[1], in: session)
    #expect(
      knowledge.commands(before: session, using: uses("diff", .last))
        == ["explain SELECT $1, $2; with (1, 'x')"])
    knowledge.note(last: typed, in: session)
    #expect(knowledge.commands(before: session, using: uses("diff", .last)) == [])
  }

  @Test func `a replay is led to the database of the session, and makes only what belongs there`() {
    let server = RecordedPlace.Server(host: "/tmp", port: "5433", user: "me")
    func place(_ database: String) -> RecordedPlace {
      RecordedPlace(target: "sandbox", home: "home", database: database, server: server)
    }
    var session = start
    (session.place, session.active) = (place("shop"), [DesignHandle(2)])
    session.designsElsewhere = [DesignHandle(1): place("home"), DesignHandle(4): place("o'x y")]
    session.settings = ["enable_seqscan": "off"]
    session.planned = [.name("q"): ["7"]]
    session.plannedElsewhere = [.name("q")]
    let list = Report(
      "hypo list",
      [
        .table(
          .init(name: "designs", columns: [.init("design")], rows: (1...4).map { [.handle("%\($0)")] }))
      ])
    var knowledge = ReplayKnowledge(from: session.place)
    #expect(
      knowledge.commands(before: session, using: uses("hypo list", .none, list)) == [
        "connect shop", "set enable_seqscan = 'off';", "hypo add %2 = \"t\"\"\nu\"(b)",
        "hypo add %3 = t(c) using gin",
      ])
    #expect(
      list.leavingOut(knowledge.unknownDesigns(of: session)).blocks == [
        .table(.init(name: "designs", columns: [.init("design")], rows: [[.handle("%2")], [.handle("%3")]]))
      ])
    #expect(
      knowledge.commands(before: session, using: uses("diff @q", .named)) == ["query q = SELECT 'a;\n@9';"])
    // What the command itself names is made where it was made.
    #expect(
      knowledge.commands(before: session, using: uses("show %4")) == [
        "connect 'o''x y'", "hypo add %4 = t(d)", "connect shop", "set enable_seqscan = 'off';",
        "hypo add %2",
      ])
    #expect(knowledge.unknownDesigns(of: session) == [DesignHandle(1)])
    session.place = place("home")
    (session.settings, session.active) = ([:], [])
    #expect(knowledge.commands(before: session, using: uses("status")) == ["connect home"])
    #expect(knowledge.commands(before: session, using: uses("status")) == [])
  }

  private static let typed = #"connect 'host=/tmp port=5433 user=''m\''e'' dbname=shop'"#

  @Test(
    arguments: [
      ("sandbox", nil, false, ["connect sandbox", "connect shop"]), ("", nil, false, ["connect shop"]),
      (nil, nil, false, [typed]), ("sandbox", "sandbox", true, [typed]),
      ("", "elsewhere", false, ["connect", "connect shop"]),
    ] as [(String?, String?, Bool, [String])])
  func `what leads to a database depends on how its server is named`(
    target: String?, known: String?, isNameTaken: Bool, commands: [String]
  ) {
    let here = RecordedPlace.Server(host: "/tmp", port: "5433", user: "m'e")
    var session = RecordedSession()
    session.place = RecordedPlace(
      target: target, home: "home", database: "shop", isNameTaken: isNameTaken, server: here)
    let there = RecordedPlace.Server(host: "far", port: "5432", user: "me")
    var knowledge = ReplayKnowledge(
      from: known.map { RecordedPlace(target: $0, home: "x", database: "x", server: there) })
    #expect(knowledge.commands(before: session, using: RecordedUses()) == commands)
  }

  @Test(
    arguments: [
      ("sandbox", [:], "sandbox"), ("", ["sslmode": "require"], nil),
      (nil, [:], #"host=/tmp port=5433 user='m\'e' dbname='the home'"#),
      (
        nil, ["sslmode": "require", "options": "-c x=1"],
        #"host=/tmp port=5433 user='m\'e' dbname='the home' options='-c x=1' sslmode=require"#
      ),
      (nil, ["options": "-c my.password=x"], nil), (nil, ["options": "a\nb"], nil),
    ] as [(String?, [String: String], String?)])
  func `a header leads to where a recording begins, without a secret`(
    target: String?, options: [String: String], header: String?
  ) {
    let server = RecordedPlace.Server(host: "/tmp", port: "5433", user: "m'e", options: options)
    let place = RecordedPlace(target: target, home: "the home", database: "shop", server: server)
    #expect(place.header == header)
  }

  @Test(
    arguments: [
      (nil, "a\nb", "connect 'host=/tmp port=5433 user=me dbname=shop options=''a\nb'''"),
      (
        nil, "-c my.password=x",
        "connect 'host=/tmp port=5433 user=me dbname=shop options=''-c my.password=x'''"
      ),
      ("a\nb", "", "connect 'a\nb'"), (nil, "-c x=1", nil), ("", "a\nb", nil), ("live", "a\nb", nil),
    ] as [(String?, String, String?)])
  func `a replay whose header cannot say where it begins is led there by its first command`(
    target: String?, options: String, connect: String?
  ) {
    let server = RecordedPlace.Server(
      host: "/tmp", port: "5433", user: "me", options: options.isEmpty ? [:] : ["options": options])
    var session = RecordedSession()
    session.place = RecordedPlace(target: target, home: "shop", database: "shop", server: server)
    var knowledge = ReplayKnowledge(from: session.place)
    #expect(knowledge.commands(before: session, using: RecordedUses()) == [connect].compactMap { $0 })
    #expect(knowledge.commands(before: session, using: RecordedUses()) == [])
  }

  @Test func `settings of the server are made again and taken back`() {
    var session = start
    session.settings = ["enable_seqscan": "off", "search_path": "\"A b\", public", "DateStyle": "ISO, DMY"]
    var knowledge = ReplayKnowledge()
    #expect(
      knowledge.commands(before: session, using: uses("status"))
        == [
          "set \"DateStyle\" = 'ISO, DMY';", "set enable_seqscan = 'off';",
          "set search_path = \"A b\", public;",
        ])
    session.settings = ["search_path": ""]
    #expect(
      knowledge.commands(before: session, using: uses("status"))
        == ["reset \"DateStyle\";", "reset enable_seqscan;", "set search_path = '';"])
  }
}
