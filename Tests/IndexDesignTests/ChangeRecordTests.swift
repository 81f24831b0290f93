import IndexDesign
import Testing

@Suite struct ChangeRecordTests {
  @Test func `a record says where its change stands`() {
    let cases: [(ChangeIntent.Kind, ChangeOutcome.Result?, ChangeRecord.State)] = [
      (.promote, nil, .started),
      (.promote, .built(objectID: 5, sizeInBytes: 8), .promoted),
      (.promote, .alreadyThere(objectID: 5, isValid: true), .nothingToDo),
      (.promote, .alreadyThere(objectID: 5, isValid: false), .leftInvalid),
      (.promote, .leftInvalidAndDropped(reason: "r"), .failed),
      (.promote, .leftInvalidNotOurs(objectID: 5), .leftInvalid),
      (.promote, .leftInvalidStaying(objectID: 5, reason: "r"), .leftInvalid),
      (.promote, .failed(error: ChangeFailure(message: "m")), .failed),
      (.promote, .cancelled, .cancelled),
      (.promote, .interrupted(reason: "r"), .interrupted),
      (.retire, .dropped, .retired),
      (.retire, .wasNotThere, .nothingToDo),
      (.retire, .isAnotherIndex(objectID: 5, definition: "d"), .failed),
      (.rollback(of: ChangeNumber(3)), .dropped, .undid(ChangeNumber(3))),
      (.rollback(of: ChangeNumber(3)), .built(objectID: 5, sizeInBytes: 8), .undid(ChangeNumber(3))),
      (.rollback(of: ChangeNumber(3)), .wasNotThere, .nothingToDo),
    ]
    for (kind, result, state) in cases {
      #expect(ChangeExample.record(kind, result).state == state)
    }
  }

  @Test func `a change that a later one has undone is rolled back, whatever it was`() {
    var record = ChangeExample.record(.promote, .built(objectID: 5, sizeInBytes: 8))
    #expect(record.canBeRolledBack)
    record.rolledBackBy = ChangeNumber(9)
    #expect(record.state == .rolledBack(by: ChangeNumber(9)))
    #expect(!record.canBeRolledBack)
  }

  @Test func `a build without a known ending can be rolled back when its index was seen`() {
    for result in [nil, ChangeOutcome.Result.interrupted(reason: "r")] {
      var record = ChangeExample.record(.promote, result)
      #expect(!record.canBeRolledBack)
      #expect(
        record.remainder
          == "how change 7 of this run ended is not known (public.orders_idx); "
          + "changes settle 7 looks at the server")
      record.seenIndexObjectID = 5
      #expect(record.canBeRolledBack)
      #expect(
        record.remainder
          == "change 7 of this run may still be in place (public.orders_idx); rollback change 7 takes it back"
      )
      record.intent.kind = .rollback(of: ChangeNumber(3))
      #expect(!record.canBeRolledBack)
    }
  }

  @Test func `a run that ended early says what is left of its changes`() {
    #expect(
      ChangeExample.record(.promote, .built(objectID: 5, sizeInBytes: 8)).remainder
        == "change 7 of this run is still in place (public.orders_idx); rollback change 7 takes it back")
    #expect(ChangeExample.record(.promote, .cancelled).remainder == nil)
    #expect(ChangeExample.record(.rollback(of: ChangeNumber(3)), .dropped).remainder == nil)
  }

  @Test func `only a rollback that came through has undone something`() {
    let rollback = ChangeIntent.Kind.rollback(of: ChangeNumber(3))
    #expect(ChangeExample.record(rollback, .dropped).undone == ChangeNumber(3))
    #expect(ChangeExample.record(rollback, .wasNotThere).undone == ChangeNumber(3))
    #expect(
      ChangeExample.record(rollback, .alreadyThere(objectID: 5, isValid: true)).undone == ChangeNumber(3))
    #expect(ChangeExample.record(rollback, .alreadyThere(objectID: 5, isValid: false)).undone == nil)
    #expect(ChangeExample.record(rollback, .isAnotherIndex(objectID: 5, definition: "d")).undone == nil)
    #expect(ChangeExample.record(rollback, .cancelled).undone == nil)
    #expect(ChangeExample.record(rollback, nil).undone == nil)
    #expect(ChangeExample.record(.retire, .dropped).undone == nil)
  }

  @Test func `a change is a person's work on a database`() {
    let intent = ChangeExample.intent()
    var other = ChangeExample.server
    (other.host, other.user) = ("reader.example", "joe")
    #expect(intent.isWork(of: "ann", on: ChangeExample.server))
    #expect(intent.isWork(of: "ann", on: other))
    #expect(!intent.isWork(of: "joe", on: ChangeExample.server))
    other.database = "stock"
    #expect(!intent.isWork(of: "ann", on: other))
  }

  @Test func `each state has its words`() {
    let states: [ChangeRecord.State] = [
      .started, .promoted, .retired, .rolledBack(by: ChangeNumber(9)), .undid(ChangeNumber(3)),
      .nothingToDo, .leftInvalid, .failed, .cancelled, .interrupted,
    ]
    #expect(
      states.map(\.description) == [
        "unfinished: look at the server", "promoted", "retired", "rolled back by change 9",
        "rolled back change 3", "nothing to do", "left an invalid index", "failed", "cancelled",
        "interrupted: look at the server",
      ])
  }
}

/// The change of the worked example.
enum ChangeExample {
  static let server = ServerFingerprint(
    host: "db.example", port: 5432, database: "shop", user: "dba", systemIdentifier: "7312",
    serverVersion: "15.18", isAurora: true)

  static func intent(_ kind: ChangeIntent.Kind = .promote) -> ChangeIntent {
    ChangeIntent(
      kind: kind, server: server, operatingSystemUser: "ann", operatingSystemHost: "bastion",
      tableSchema: "public", tableName: "orders", indexSchema: "public", indexName: "orders_idx",
      statement: "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_idx ON public.orders (customer_id)",
      reverse: "DROP INDEX CONCURRENTLY IF EXISTS public.orders_idx",
      designShortForm: "orders(customer_id)",
      definition: "create index on orders (customer_id)", ticket: "DBA-7",
      measuredBefore: MeasuredBefore(
        counters: ChangeCounters(tableSizeInBytes: 8192), estimatedIndexSizeInBytes: 4096,
        plannerCostBefore: PlannerCost(21.5), estimatedPlannerCostAfter: PlannerCost(1.25)),
      hypoVersion: "0.1.0")
  }

  static func record(_ kind: ChangeIntent.Kind, _ result: ChangeOutcome.Result?) -> ChangeRecord {
    ChangeRecord(
      number: ChangeNumber(7), intent: intent(kind), started: Timestamp(secondsSinceEpoch: 1_000),
      outcome: result.map { ChangeOutcome($0, durationInSeconds: 1.5) },
      finished: result.map { _ in Timestamp(secondsSinceEpoch: 1_001.5) })
  }
}
