import IndexDesign
import Testing

/// Each test is the transcript of one build: what happened, and what was to be done next.
@Suite struct IndexBuildMachineTests {
  static let name = RelationName(schema: "public", name: "orders_idx")
  static let reverse = "DROP INDEX CONCURRENTLY IF EXISTS public.orders_idx"
  static let create = "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_idx ON public.orders (customer_id)"
  static let orders: UInt32 = 400

  static func found(
    _ objectID: UInt32, valid: Bool, on table: UInt32 = orders, column: String = "customer_id",
    name: RelationName = name
  ) -> StepEvent {
    .found(
      FoundRelation(
        objectID: objectID, name: name, kind: "index",
        index: .init(
          tableObjectID: table,
          definition: "CREATE INDEX orders_idx ON public.orders USING btree (\(column))",
          isValid: valid, sizeInBytes: 8192)))
  }

  static func failure(
    _ sqlState: String?, _ message: String = "no", cause: StepFailure.Cause = .server, cancel: Bool = false
  ) -> StepFailure {
    StepFailure(cause, ChangeFailure(message: message, sqlState: sqlState), isCancelWanted: cancel)
  }

  /// What the person's cancel is told as.
  static func cancelled(_ sqlState: String? = nil, hint: String? = nil) -> StepFailure {
    StepFailure(
      .person,
      ChangeFailure(message: "cancelled by the person who promoted", sqlState: sqlState, hint: hint))
  }

  private var machine: any StepMachine

  init() throws {
    let design = try IndexDefinitionParser.parseShortForm("public.orders(customer_id) as orders_idx")
      .definition
    machine = ChangeStep(
      .build(design), name: Self.name, table: ChangedTable(objectID: Self.orders, name: design.table),
      statement: Self.create, reverse: Self.reverse, lock: .shareUpdateExclusive
    ).machine(for: .promote)
  }

  /// Goes up to the running build, with whatever had the name before.
  private mutating func begin(before: StepEvent = .found(nil), seen: UInt32? = 17) {
    #expect(machine.receive(.begin) == .takeTurn(isCleanUp: false))
    #expect(machine.receive(.turnTaken) == .look(Self.name))
    #expect(machine.receive(before) == .waitForTable)
    #expect(machine.receive(.tableFree) == .run(Self.create, .build))
    guard let seen else { return }
    #expect(machine.receive(.saw(index: seen)) == .journal(index: seen))
    #expect(machine.receive(.saw(index: seen)) == .carryOn)
  }

  private mutating func fail(_ failure: StepFailure) {
    #expect(machine.receive(.failed(failure)) == .look(Self.name))
  }

  // MARK: Success

  @Test mutating func `a build is believed when its own index is there and valid`() {
    begin()
    #expect(machine.receive(.ran(notices: [])) == .look(Self.name))
    #expect(
      machine.receive(Self.found(17, valid: true))
        == .end(StepEnding(.built(objectID: 17, sizeInBytes: 8192))))
  }

  @Test mutating func `a build too quick to be seen is believed by its valid index`() {
    begin(seen: nil)
    #expect(machine.receive(.ran(notices: [])) == .look(Self.name))
    #expect(
      machine.receive(Self.found(17, valid: true))
        == .end(StepEnding(.built(objectID: 17, sizeInBytes: 8192))))
  }

  @Test mutating func `an index on a table that took the name is not the wanted one`() {
    begin()
    #expect(machine.receive(.ran(notices: [])) == .look(Self.name))
    #expect(
      machine.receive(Self.found(17, valid: true, on: 401))
        == .end(
          StepEnding(
            .isAnotherIndex(
              objectID: 17, definition: "CREATE INDEX orders_idx ON public.orders USING btree (customer_id)"
            ))))
  }

  private static let skipped = StepEvent.ran(notices: [StatementNotice(severity: "NOTICE", sqlState: "42P07")]
  )

  @Test(arguments: [
    (Self.found(9, valid: true), ChangeOutcome.Result.alreadyThere(objectID: 9, isValid: true)),
    (Self.found(9, valid: false), .alreadyThere(objectID: 9, isValid: false)),
    (
      Self.found(9, valid: true, column: "id"),
      .isAnotherIndex(objectID: 9, definition: "CREATE INDEX orders_idx ON public.orders USING btree (id)")
    ),
    (
      Self.found(9, valid: true, on: 401),
      .isAnotherIndex(
        objectID: 9, definition: "CREATE INDEX orders_idx ON public.orders USING btree (customer_id)")
    ),
  ])
  mutating func `a skip by IF NOT EXISTS is no build`(there: StepEvent, result: ChangeOutcome.Result) {
    begin(before: there, seen: nil)
    #expect(machine.receive(Self.skipped) == .look(Self.name))
    #expect(machine.receive(there) == .end(StepEnding(result)))
  }

  @Test mutating func `a success that leaves another relation or nothing of the name is a failure`() {
    let view = FoundRelation(objectID: 5, name: Self.name, kind: "view")
    for (found, message) in [
      (view, "nothing was built: public.orders_idx is a view"),
      (nil, "nothing of the name public.orders_idx is there any more"),
    ] {
      var machine = self.machine
      for event in [.begin, .turnTaken, .found(nil), .tableFree, StepEvent.ran(notices: [])] {
        _ = machine.receive(event)
      }
      let error = ChangeFailure(message: message, hint: "look at the server before you promote again")
      #expect(
        machine.receive(.found(found))
          == .end(StepEnding(.failed(error: error), StepFailure(.refused, error))))
    }
  }

  @Test mutating func `a success with another index than the one seen is no build`() {
    begin(seen: 17)
    #expect(machine.receive(.ran(notices: [])) == .look(Self.name))
    #expect(
      machine.receive(Self.found(18, valid: true))
        == .end(StepEnding(.alreadyThere(objectID: 18, isValid: true))))
  }

  // MARK: Before the build

  @Test mutating func `a turn or a table that stays taken ends it, and nothing was built`() {
    #expect(machine.receive(.begin) == .takeTurn(isCleanUp: false))
    var second = machine
    let held = Self.failure("55P03", "held")
    #expect(machine.receive(.failed(held)) == .end(StepEnding(.failed(error: held.error), held)))
    _ = second.receive(.turnTaken)
    _ = second.receive(.found(nil))
    #expect(second.receive(.failed(held)) == .end(StepEnding(.failed(error: held.error), held)))
  }

  @Test mutating func `a cancel before the build is the person's`() {
    _ = machine.receive(.begin)
    #expect(
      machine.receive(.failed(Self.failure(nil, cancel: true)))
        == .end(StepEnding(.cancelled, Self.cancelled())))
  }

  @Test mutating func `a look before the build that fails ends it`() {
    _ = machine.receive(.begin)
    _ = machine.receive(.turnTaken)
    let error = ChangeFailure(message: "gone", sqlState: "57P03")
    #expect(
      machine.receive(.couldNotLook(error))
        == .end(StepEnding(.failed(error: error), StepFailure(.server, error))))
  }

  // MARK: Failure

  @Test mutating func `a failed build drops its own invalid index`() {
    begin()
    var failure = Self.failure("23505", "could not create unique index")
    failure.error.detail = "Key (customer_id)=(7) is duplicated."
    fail(failure)
    #expect(machine.receive(Self.found(17, valid: false)) == .run(Self.reverse, .dropLeftover))
    #expect(machine.receive(.ran(notices: [])) == .lookAt(17))
    #expect(
      machine.receive(.found(nil))
        == .end(
          StepEnding(
            .leftInvalidAndDropped(
              reason: "could not create unique index"), failure)))
  }

  @Test(arguments: [("23505", true), ("53100", true), ("55P03", false), ("40P01", false), ("57014", false)])
  mutating func `an index that was not seen is ours when the error proves that the build had begun`(
    sqlState: String, isOurs: Bool
  ) {
    begin(seen: nil)
    let failure = Self.failure(sqlState)
    fail(failure)
    #expect(
      machine.receive(Self.found(17, valid: false))
        == (isOurs
          ? .run(Self.reverse, .dropLeftover)
          : .end(StepEnding(.leftInvalidNotOurs(objectID: 17), failure))))
  }

  @Test mutating func `an invalid index of another table is not ours, whatever the error`() {
    begin(seen: nil)
    let failure = Self.failure("23505")
    fail(failure)
    #expect(
      machine.receive(Self.found(17, valid: false, on: 401))
        == .end(StepEnding(.leftInvalidNotOurs(objectID: 17), failure)))
  }

  @Test mutating func `an index that had the name before stays`() {
    begin(before: Self.found(9, valid: false), seen: nil)
    let failure = Self.failure("23505")
    fail(failure)
    #expect(
      machine.receive(Self.found(9, valid: false))
        == .end(StepEnding(.failed(error: failure.error), failure)))
  }

  @Test mutating func `a failure that leaves nothing is only a failure`() {
    begin()
    let failure = Self.failure("42501")
    fail(failure)
    #expect(machine.receive(.found(nil)) == .end(StepEnding(.failed(error: failure.error), failure)))
  }

  @Test mutating func `an error that came after the index was valid is a build`() {
    begin()
    fail(Self.failure("57014", cancel: true))
    #expect(
      machine.receive(Self.found(17, valid: true))
        == .end(StepEnding(.built(objectID: 17, sizeInBytes: 8192))))
  }

  @Test mutating func `a cancelled build drops its leftover and is told as cancelled`() {
    begin()
    fail(Self.failure("57014", "canceling statement due to user request", cancel: true))
    #expect(machine.receive(Self.found(17, valid: false)) == .run(Self.reverse, .dropLeftover))
    #expect(machine.receive(.ran(notices: [])) == .lookAt(17))
    #expect(
      machine.receive(.found(nil))
        == .end(
          StepEnding(
            .leftInvalidAndDropped(reason: "cancelled by the person who promoted"), Self.cancelled("57014"))))
  }

  @Test mutating func `an administrator's cancel is not the person's`() {
    begin()
    let failure = Self.failure("57014", "canceling statement due to user request")
    fail(failure)
    #expect(machine.receive(.found(nil)) == .end(StepEnding(.failed(error: failure.error), failure)))
  }

  // MARK: The leftover

  @Test mutating func `a leftover that cannot be dropped stays, with its reverse`() {
    begin()
    fail(Self.failure("57014", cancel: true))
    _ = machine.receive(Self.found(17, valid: false))
    #expect(machine.receive(.failed(Self.failure("55P03", "held", cancel: true))) == .lookAt(17))
    #expect(
      machine.receive(Self.found(17, valid: false))
        == .end(
          StepEnding(
            .leftInvalidStaying(
              objectID: 17, reason: "cancelled by the person who promoted; it could not be dropped: held"),
            Self.cancelled("57014", hint: "drop it when nobody needs the table: \(Self.reverse)"))))
  }

  @Test mutating func `a cancel while the leftover is dropped hides no cause`() {
    begin()
    var failure = Self.failure("23505", "duplicates")
    fail(failure)
    _ = machine.receive(Self.found(17, valid: false))
    _ = machine.receive(.failed(Self.failure("57014", "canceling", cancel: true)))
    failure.error.hint = "drop it when nobody needs the table: \(Self.reverse)"
    #expect(
      machine.receive(Self.found(17, valid: false))
        == .end(
          StepEnding(
            .leftInvalidStaying(objectID: 17, reason: "duplicates; it could not be dropped: canceling"),
            failure)))
  }

  @Test mutating func `a drop that fails all the same with the index gone has dropped it`() {
    begin()
    let failure = Self.failure("23505", "duplicates")
    fail(failure)
    _ = machine.receive(Self.found(17, valid: false))
    #expect(machine.receive(.failed(Self.failure("55P03", "held"))) == .lookAt(17))
    #expect(
      machine.receive(.found(nil))
        == .end(StepEnding(.leftInvalidAndDropped(reason: "duplicates"), failure)))
  }

  @Test mutating func `a lost drop of the leftover is awaited before anybody looks`() {
    begin()
    let failure = Self.failure("23505", "duplicates")
    fail(failure)
    _ = machine.receive(Self.found(17, valid: false))
    #expect(machine.receive(.failed(Self.failure(nil, "lost", cause: .lost))) == .awaitBackend)
    var (staying, unknown) = (machine, machine)
    #expect(machine.receive(.backendGone(isCancelWanted: false)) == .lookAt(17))
    #expect(
      machine.receive(.found(nil))
        == .end(StepEnding(.leftInvalidAndDropped(reason: "duplicates"), failure)))
    _ = staying.receive(.backendGone(isCancelWanted: false))
    var told = failure
    told.error.hint = "drop it when nobody needs the table: \(Self.reverse)"
    #expect(
      staying.receive(Self.found(17, valid: false))
        == .end(
          StepEnding(
            .leftInvalidStaying(objectID: 17, reason: "duplicates; it could not be dropped: lost"), told)))
    #expect(
      unknown.receive(.backendUnknown(reason: "nobody answers"))
        == .end(
          StepEnding(
            .interrupted(
              reason:
                "the drop of its invalid index may still run on the server: nobody answers: duplicates"),
            failure)))
  }

  @Test mutating func `a leftover that somebody else has dropped is not called dropped by this build`() {
    begin()
    let lost = Self.failure(nil, "lost", cause: .lost)
    let gone = StepAction.end(StepEnding(.failed(error: lost.error), lost))
    _ = machine.receive(.failed(lost))
    _ = machine.receive(.backendGone(isCancelWanted: false))
    #expect(machine.receive(Self.found(17, valid: false)) == .takeTurn(isCleanUp: true))
    var (noTurn, quicker) = (machine, machine)
    _ = machine.receive(.turnTaken)
    #expect(machine.receive(.found(nil)) == gone)
    _ = noTurn.receive(.failed(Self.failure("55P03", "held")))
    #expect(noTurn.receive(.found(nil)) == gone)
    _ = quicker.receive(.turnTaken)
    _ = quicker.receive(Self.found(17, valid: false))
    let nothing = StatementNotice(
      severity: "NOTICE", sqlState: "00000", routine: "DropErrorMsgNonExistent")
    _ = quicker.receive(.ran(notices: [nothing]))
    #expect(quicker.receive(.found(nil)) == gone)
  }

  @Test mutating func `a leftover that cannot be looked up is taken to stay`() {
    begin()
    var failure = Self.failure("23505", "duplicates")
    fail(failure)
    _ = machine.receive(Self.found(17, valid: false))
    _ = machine.receive(.ran(notices: []))
    failure.error.hint = "drop it when nobody needs the table: \(Self.reverse)"
    #expect(
      machine.receive(.couldNotLook(ChangeFailure(message: "no route")))
        == .end(
          StepEnding(
            .leftInvalidStaying(objectID: 17, reason: "duplicates; it could not be dropped: no route"),
            failure)))
  }

  // MARK: A lost connection

  @Test(arguments: [Self.failure(nil, "lost", cause: .lost), Self.failure("57P01", "terminating connection")])
  mutating func `a lost backend is awaited, and the turn taken again before its leftover is dropped`(
    failure: StepFailure
  ) {
    begin()
    #expect(machine.receive(.failed(failure)) == .awaitBackend)
    #expect(machine.receive(.backendGone(isCancelWanted: false)) == .look(Self.name))
    #expect(machine.receive(Self.found(17, valid: false)) == .takeTurn(isCleanUp: true))
    #expect(machine.receive(.turnTaken) == .lookAt(17))
    #expect(machine.receive(Self.found(17, valid: false)) == .run(Self.reverse, .dropLeftover))
    #expect(machine.receive(.ran(notices: [])) == .lookAt(17))
    #expect(
      machine.receive(.found(nil))
        == .end(StepEnding(.leftInvalidAndDropped(reason: failure.error.message), failure)))
  }

  @Test mutating func `an index that a lost backend begins while it is awaited is ours`() {
    begin(seen: nil)
    #expect(machine.receive(.failed(Self.failure(nil, "lost", cause: .lost))) == .awaitBackend)
    #expect(machine.receive(.saw(index: 17)) == .journal(index: 17))
    #expect(machine.receive(.saw(index: 17)) == .carryOn)
    #expect(machine.receive(.backendGone(isCancelWanted: false)) == .look(Self.name))
    #expect(
      machine.receive(Self.found(17, valid: true))
        == .end(StepEnding(.built(objectID: 17, sizeInBytes: 8192))))
  }

  @Test mutating func `a leftover that was renamed or cannot be come by stays`() {
    begin()
    let failure = Self.failure(nil, "lost", cause: .lost)
    var told = failure
    told.error.hint = "drop it when nobody needs the table: \(Self.reverse)"
    _ = machine.receive(.failed(failure))
    _ = machine.receive(.backendGone(isCancelWanted: false))
    _ = machine.receive(Self.found(17, valid: false))
    var second = machine
    _ = machine.receive(.turnTaken)
    let other = RelationName(schema: "public", name: "other")
    #expect(
      machine.receive(Self.found(17, valid: false, name: other))
        == .end(
          StepEnding(
            .leftInvalidStaying(objectID: 17, reason: "lost; it is now called public.other"), told)))
    #expect(second.receive(.failed(Self.failure("55P03", "held"))) == .lookAt(17))
    #expect(
      second.receive(Self.found(17, valid: false))
        == .end(
          StepEnding(
            .leftInvalidStaying(objectID: 17, reason: "lost; it could not be dropped: held"), told)))
  }

  @Test mutating func `what only the server knows is called interrupted`() {
    begin()
    var (abandoned, unreachable, blind, silent) = (machine, machine, machine, machine)
    let givenUp = Self.failure(nil, "stopped", cause: .abandoned, cancel: true)
    #expect(
      abandoned.receive(.failed(givenUp))
        == .end(
          StepEnding(.interrupted(reason: "the build may still run on the server: stopped"), givenUp)))
    let lost = Self.failure(nil, "lost", cause: .lost)
    _ = unreachable.receive(.failed(lost))
    #expect(
      unreachable.receive(.backendUnknown(reason: "nobody answers"))
        == .end(StepEnding(.interrupted(reason: "nobody answers: lost"), lost)))
    let failure = Self.failure("23505", "duplicates")
    _ = blind.receive(.failed(failure))
    let noRoute = ChangeFailure(message: "no route")
    #expect(
      blind.receive(.couldNotLook(noRoute))
        == .end(
          StepEnding(
            .interrupted(reason: "the index could not be looked up after the build: duplicates"), failure)))
    _ = silent.receive(.ran(notices: []))
    #expect(
      silent.receive(.couldNotLook(noRoute))
        == .end(
          StepEnding(
            .interrupted(
              reason: "the build ended without an error, but its index could not be looked up: no route"),
            StepFailure(.server, noRoute))))
  }

  @Test mutating func `an event that cannot come is told, not obeyed`() {
    #expect(
      machine.receive(.tableFree)
        == .end(StepEnding(.interrupted(reason: "hypo had not expected this: tableFree"))))
  }
}
