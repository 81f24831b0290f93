import IndexDesign
import Testing

@testable import Ledger

@Suite struct ChangeEntriesTests {
  static let query = RecordedQuery(
    text: "select * from orders where id = $1", values: ["7"],
    planBefore: PlanDocument(
      text: "[\n  {\"Plan\": {\"Node Type\": \"Seq Scan\"}}\n]", designs: ["<1>btree_a": DesignHandle(2)]))

  static let counters = ChangeCounters(
    statements: [
      CountedStatement(
        queryID: "-8123456789012345678", text: "select $1", counters: ["calls": 5, "total_exec_time": 10.5])
    ],
    instance: ServerInstance(
      name: "writer-1", address: "10.0.0.1:5432", started: Timestamp(secondsSinceEpoch: 2), isInRecovery: true
    ),
    statisticsReset: Timestamp(secondsSinceEpoch: 86_400.125), tableSizeInBytes: 8_192,
    tableSequentialScans: 2, tableSequentialRowsRead: 3, tableIndexScans: 4, tableIndexRowsFetched: 5,
    indexScans: 6)

  static var intent: ChangeIntent {
    var intent = Example.intent(.rollback(of: ChangeNumber(3)))
    intent.query = query
    intent.indexObjectID = 16_432
    intent.tableObjectID = 16_400
    intent.measuredBefore = MeasuredBefore(
      counters: counters, estimatedIndexSizeInBytes: 4_096, plannerCostBefore: PlannerCost(21.5),
      estimatedPlannerCostAfter: PlannerCost(1))
    return intent
  }

  /// The record of an entry as text, and the same read again.
  private func text(_ entry: LedgerEntry) -> String {
    String(decoding: EntryChain().record(of: entry).bytes, as: UTF8.self)
  }

  private func read<Entry>(_ make: (JSONValue) throws -> Entry, _ entry: LedgerEntry) throws -> Entry {
    try make(JSONValue(parsing: text(entry)))
  }

  @Test func `the form of an intent is stable`() throws {
    let entry = IntentEntry(
      change: ChangeNumber(4), written: Timestamp(secondsSinceEpoch: 1), intent: Self.intent)
    let zeros = String(repeating: "0", count: 64)
    let server =
      #"{"host":"db.example","port":5432,"database":"shop","database_user":"dba","system_identifier":null,"#
      + #""server_version":"15.18","aurora":false}"#
    let counters =
      #"{"instance":{"name":"writer-1","address":"10.0.0.1:5432","started":"1970-01-01T00:00:02.000000Z","#
      + #""in_recovery":true},"statistics_reset":"1970-01-02T00:00:00.125000Z","table_size_in_bytes":8192,"table_seq_scan":2,"#
      + #""table_seq_tup_read":3,"table_idx_scan":4,"table_idx_tup_fetch":5,"index_idx_scan":6,"#
      + #""statements":[{"queryid":"-8123456789012345678","text":"select $1","#
      + #""counters":{"calls":5,"total_exec_time":10.5}}]}"#
    let expected =
      #"{"line":1,"previous":"\#(zeros)","event":"intent","format":2,"written":"1970-01-01T00:00:01.000000Z","#
      + #""change":4,"kind":"rollback","undoes":3,"server":\#(server),"operating_system_user":"ann","#
      + #""host":"bastion","hypo_version":"0.1.0","table_schema":"public","table":"orders","#
      + #""table_object_id":16400,"index_schema":"public","index":"orders_idx","index_object_id":16432,"#
      + #""statement":"CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_idx ON public.orders (customer_id)","#
      + #""reverse":"DROP INDEX CONCURRENTLY IF EXISTS public.orders_idx","design":"orders(customer_id)","#
      + #""definition":"create index on orders (customer_id)","ticket":"DBA-7","#
      + #""query":{"text":"select * from orders where id = $1","values":["7"],"#
      + #""plan_before":"[\n  {\"Plan\": {\"Node Type\": \"Seq Scan\"}}\n]","plan_designs":{"<1>btree_a":2}},"#
      + #""before":{"counters":\#(counters),"estimated_index_size_in_bytes":4096,"planner_cost":21.5,"#
      + #""estimated_planner_cost_after":1},"first_format_sha256":null,"ledger_sha256":null}"#
    #expect(text(.intent(entry)) == expected)
    #expect(try read(IntentEntry.init, .intent(entry)) == entry)
  }

  @Test(arguments: [ChangeIntent.Kind.promote, .retire, .rollback(of: ChangeNumber(2)), .setUp])
  func `an intent without most things comes back as it was`(kind: ChangeIntent.Kind) throws {
    var intent = Example.intent(kind)
    (intent.ticket, intent.designShortForm) = (nil, nil)
    let entry = IntentEntry(
      change: ChangeNumber(9), written: Timestamp(secondsSinceEpoch: 2), intent: intent,
      origin: SHA256Digest(of: [1]), original: SHA256Digest(of: [2]))
    var read = try read(IntentEntry.init, .intent(entry))
    // What an entry of the ledger itself is called is for who exports it to say.
    read.original = entry.original
    #expect(read == entry)
  }

  static let results: [ChangeOutcome.Result] = [
    .built(objectID: 4_294_967_295, sizeInBytes: 31_000_000), .installed(version: "1.10"),
    .alreadyThere(objectID: 5, isValid: true), .alreadyThere(objectID: 5, isValid: false),
    .leftInvalidAndDropped(reason: "r"), .leftInvalidNotOurs(objectID: 5),
    .leftInvalidStaying(objectID: 5, reason: "r"), .dropped, .wasNotThere,
    .foundThere(objectID: 5, isValid: true), .foundThere(objectID: 5, isValid: false),
    .isAnotherIndex(objectID: 5, definition: "CREATE INDEX i ON t (b)"),
    .failed(error: ChangeFailure(message: "m", sqlState: "42501", detail: "d", hint: "h")), .cancelled,
    .interrupted(reason: "connection lost"),
  ]

  @Test(arguments: results)
  func `each ending comes back as it was`(result: ChangeOutcome.Result) throws {
    let entry = OutcomeEntry(
      change: ChangeNumber(4), written: Timestamp(secondsSinceEpoch: 1),
      outcome: ChangeOutcome(result, durationInSeconds: 2.5, countersAfter: Self.counters),
      undid: ChangeNumber(3))
    #expect(try read(OutcomeEntry.init, .outcome(entry)) == entry)
  }

  @Test func `the forms of an outcome and of a sighting are stable`() throws {
    let zeros = String(repeating: "0", count: 64)
    let outcome = OutcomeEntry(
      change: ChangeNumber(4), written: Timestamp(secondsSinceEpoch: 1),
      outcome: ChangeOutcome(.built(objectID: 5, sizeInBytes: 8_192), durationInSeconds: .infinity))
    #expect(
      text(.outcome(outcome))
        == #"{"line":1,"previous":"\#(zeros)","event":"outcome","format":2,"#
        + #""written":"1970-01-01T00:00:01.000000Z","change":4,"undid":null,"#
        + #""result":{"ending":"built","index_object_id":5,"size_in_bytes":8192},"#
        + #""duration_in_seconds":"inf","after":null,"first_format_sha256":null,"ledger_sha256":null}"#)
    #expect(try read(OutcomeEntry.init, .outcome(outcome)) == outcome)
    let seen = SightingEntry(
      change: ChangeNumber(4), written: Timestamp(secondsSinceEpoch: 1), objectID: 16_500)
    #expect(
      text(.seen(seen))
        == #"{"line":1,"previous":"\#(zeros)","event":"seen","format":2,"#
        + #""written":"1970-01-01T00:00:01.000000Z","change":4,"index_object_id":16500,"ledger_sha256":null}"#
    )
    #expect(try read(SightingEntry.init, .seen(seen)) == seen)
    let counted = CountersEntry(
      change: ChangeNumber(4), written: Timestamp(secondsSinceEpoch: 1), counters: Self.counters)
    #expect(
      text(.counted(counted)).hasPrefix(
        #"{"line":1,"previous":"\#(zeros)","event":"counted","format":2,"#
          + #""written":"1970-01-01T00:00:01.000000Z","change":4,"after":{"instance":{"name":"writer-1","#))
    #expect(try read(CountersEntry.init, .counted(counted)) == counted)
  }

  @Test func `the form of a settlement is stable`() throws {
    let zeros = String(repeating: "0", count: 64)
    let entry = SettlementEntry(
      change: ChangeNumber(4),
      settlement: ChangeSettlement(
        .dropped, operatingSystemUser: "ann", operatingSystemHost: "bastion", hypoVersion: "0.1.0",
        databaseUser: "dba", written: Timestamp(secondsSinceEpoch: 1)), undid: ChangeNumber(3))
    #expect(
      text(.settled(entry))
        == #"{"line":1,"previous":"\#(zeros)","event":"settled","format":2,"#
        + #""written":"1970-01-01T00:00:01.000000Z","change":4,"undid":3,"operating_system_user":"ann","#
        + #""host":"bastion","hypo_version":"0.1.0","database_user":"dba","result":{"ending":"dropped"},"#
        + #""ledger_sha256":null}"#)
    #expect(try read(SettlementEntry.init, .settled(entry)) == entry)
  }

  @Test func `a newer form is refused before anything of it is read`() throws {
    #expect(throws: NewerRecordError(version: 3, known: 2)) {
      try OutcomeEntry(JSONValue(parsing: #"{"event":"later","format":3}"#))
    }
  }

  @Test(arguments: [
    ("{}", "format"), (#"{"format":0}"#, "format"), (#"{"format":2,"event":"seen"}"#, "event"),
    (#"{"format":2,"event":"outcome","result":{"ending":"built"}}"#, "change"),
    (#"{"format":2,"event":"outcome","change":1,"written":"yesterday"}"#, "written"),
    (
      #"{"format":2,"event":"outcome","change":1,"written":"1970-01-01T00:00:01Z","result":{"ending":"?"}}"#,
      "ending"
    ),
  ])
  func `what is no entry is told by the member that makes no sense`(text: String, member: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(throws: EntryProblem(member: member)) { try OutcomeEntry(value) }
  }

  @Test func `a member that this version does not know is passed over`() throws {
    let entry = SightingEntry(
      change: ChangeNumber(4), written: Timestamp(secondsSinceEpoch: 1), objectID: 16_500)
    let text = text(.seen(entry)).replacing("\"change\"", with: "\"later\":[5],\"change\"")
    #expect(try SightingEntry(JSONValue(parsing: text)) == entry)
  }
}
