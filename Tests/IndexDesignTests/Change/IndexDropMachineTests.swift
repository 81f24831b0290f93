import IndexDesign
import Testing

/// Each test is the transcript of one drop.
@Suite struct IndexDropMachineTests {
  private typealias Build = IndexBuildMachineTests

  private static let drop = "DROP INDEX CONCURRENTLY IF EXISTS public.orders_idx"
  private var machine: any StepMachine = ChangeStep(
    .drop(objectID: 17), name: Build.name,
    table: ChangedTable(objectID: Build.orders, name: RelationName(schema: "public", name: "orders")),
    statement: drop, reverse: Build.create, lock: .shareUpdateExclusive
  ).machine(for: .rollback(of: ChangeNumber(1)))

  private static func cancelled(hint: String? = nil) -> StepFailure {
    StepFailure(
      .person,
      ChangeFailure(message: "cancelled by the person who rolled back", sqlState: "57014", hint: hint))
  }

  private mutating func begin() {
    #expect(machine.receive(.begin) == .takeTurn(isCleanUp: false))
    #expect(machine.receive(.turnTaken) == .waitForTable)
    #expect(machine.receive(.tableFree) == .look(Build.name))
    #expect(machine.receive(Build.found(17, valid: true)) == .run(Self.drop, .drop))
  }

  @Test mutating func `a drop is believed when the index is gone`() {
    begin()
    #expect(machine.receive(.saw(index: 17)) == .carryOn)
    #expect(machine.receive(.ran(notices: [])) == .lookAt(17))
    #expect(machine.receive(.found(nil)) == .end(StepEnding(.dropped)))
  }

  @Test(arguments: [
    ("DropErrorMsgNonExistent", ChangeOutcome.Result.wasNotThere), ("exec_stmt_raise", .dropped),
    ("", .dropped),
  ])
  mutating func `one notice says that somebody else was quicker, others do not`(
    routine: String, result: ChangeOutcome.Result
  ) {
    begin()
    let notice = StatementNotice(severity: "NOTICE", sqlState: "00000", routine: routine)
    #expect(machine.receive(.ran(notices: [notice])) == .lookAt(17))
    #expect(machine.receive(.found(nil)) == .end(StepEnding(result)))
  }

  @Test mutating func `only the planned index is dropped`() {
    for event in [.begin, .turnTaken, StepEvent.tableFree] { _ = machine.receive(event) }
    var (second, third) = (machine, machine)
    #expect(
      machine.receive(Build.found(18, valid: true))
        == .end(
          StepEnding(
            .isAnotherIndex(
              objectID: 18, definition: "CREATE INDEX orders_idx ON public.orders USING btree (customer_id)"))
        ))
    #expect(second.receive(.found(nil)) == .lookAt(17))
    #expect(second.receive(.found(nil)) == .end(StepEnding(.wasNotThere)))
    #expect(
      third.receive(.found(FoundRelation(objectID: 5, name: Build.name, kind: "view")))
        == .end(StepEnding(.wasNotThere)))
  }

  @Test mutating func `an index that was renamed while the table was waited for stays`() {
    for event in [.begin, .turnTaken, .tableFree, StepEvent.found(nil)] { _ = machine.receive(event) }
    let error = ChangeFailure(
      message: "the index is now called public.better",
      hint: "rename it back: ALTER INDEX public.better RENAME TO orders_idx")
    #expect(
      machine.receive(Build.found(17, valid: true, name: RelationName(schema: "public", name: "better")))
        == .end(StepEnding(.failed(error: error), StepFailure(.refused, error))))
  }

  @Test mutating func `a drop that fails leaves the index as it was`() {
    begin()
    let failure = Build.failure("2BP01", "the constraint needs it")
    #expect(machine.receive(.failed(failure)) == .lookAt(17))
    #expect(
      machine.receive(Build.found(17, valid: true))
        == .end(StepEnding(.failed(error: failure.error), failure)))
  }

  @Test mutating func `a drop that is cancelled half-way leaves an invalid index`() {
    begin()
    #expect(machine.receive(.failed(Build.failure("57014", cancel: true))) == .lookAt(17))
    #expect(
      machine.receive(Build.found(17, valid: false))
        == .end(
          StepEnding(
            .leftInvalidStaying(
              objectID: 17,
              reason: "the drop was stopped half-way: cancelled by the person who rolled back"),
            Self.cancelled(hint: "roll back again: an invalid index costs writes and helps no query"))))
  }

  @Test mutating func `a cancel that left the index valid is only a cancel`() {
    begin()
    _ = machine.receive(.failed(Build.failure("57014", cancel: true)))
    #expect(machine.receive(Build.found(17, valid: true)) == .end(StepEnding(.cancelled, Self.cancelled())))
  }

  @Test mutating func `an error with the index gone is a drop`() {
    begin()
    _ = machine.receive(.failed(Build.failure("57014", cancel: true)))
    #expect(machine.receive(.found(nil)) == .end(StepEnding(.dropped)))
  }

  @Test mutating func `a success with the index still there is not believed`() {
    begin()
    _ = machine.receive(.ran(notices: []))
    let error = ChangeFailure(message: "the index is still there after it was dropped")
    #expect(
      machine.receive(Build.found(17, valid: true))
        == .end(StepEnding(.failed(error: error), StepFailure(.unexpected, error))))
  }

  @Test mutating func `a lost backend is awaited`() {
    begin()
    let lost = Build.failure(nil, "lost", cause: .lost)
    #expect(machine.receive(.failed(lost)) == .awaitBackend)
    var unreachable = machine
    #expect(machine.receive(.backendGone(isCancelWanted: false)) == .lookAt(17))
    #expect(machine.receive(.found(nil)) == .end(StepEnding(.dropped)))
    #expect(
      unreachable.receive(.backendUnknown(reason: "nobody answers"))
        == .end(StepEnding(.interrupted(reason: "nobody answers"), lost)))
  }

  @Test mutating func `what only the server knows is called interrupted`() {
    begin()
    var second = machine
    let givenUp = Build.failure(nil, "stopped", cause: .abandoned, cancel: true)
    #expect(
      machine.receive(.failed(givenUp))
        == .end(StepEnding(.interrupted(reason: "the drop may still run on the server: stopped"), givenUp)))
    _ = second.receive(.ran(notices: []))
    let noRoute = ChangeFailure(message: "no route")
    #expect(
      second.receive(.couldNotLook(noRoute))
        == .end(
          StepEnding(
            .interrupted(reason: "the index could not be looked up after the drop: no route"),
            StepFailure(.server, noRoute))))
  }

  @Test mutating func `a table that stays locked ends it`() {
    _ = machine.receive(.begin)
    _ = machine.receive(.turnTaken)
    let held = Build.failure("55P03", "held")
    #expect(machine.receive(.failed(held)) == .end(StepEnding(.failed(error: held.error), held)))
  }
}
