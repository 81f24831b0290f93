import IndexDesign
import Testing

/// Each test is the transcript of one installation.
@Suite struct ExtensionMachineTests {
  private typealias Build = IndexBuildMachineTests

  private static let install = "CREATE EXTENSION IF NOT EXISTS hypopg"
  private var machine: any StepMachine = ChangeStep(
    .install(version: "1.3.1"), name: RelationName(name: "hypopg"), statement: install, reverse: "DROP …"
  ).machine(for: .setUp)

  private mutating func begin() {
    #expect(machine.receive(.begin) == .run(Self.install, .install("hypopg")))
  }

  @Test mutating func `an installation is looked up`() {
    begin()
    #expect(machine.receive(.ran(notices: [])) == .lookForExtension("hypopg"))
    #expect(
      machine.receive(.foundExtension(version: "1.3.0")) == .end(StepEnding(.installed(version: "1.3.0"))))
  }

  @Test mutating func `an extension that is not there afterwards was not installed`() {
    begin()
    _ = machine.receive(.ran(notices: []))
    let error = ChangeFailure(
      message: "the extension is not there after it was installed",
      hint: "doctor looks again at what is missing")
    #expect(
      machine.receive(.foundExtension(version: nil))
        == .end(StepEnding(.failed(error: error), StepFailure(.unexpected, error))))
  }

  @Test mutating func `a refusal installs nothing`() {
    begin()
    let failure = Build.failure("42501", "permission denied")
    #expect(machine.receive(.failed(failure)) == .end(StepEnding(.failed(error: failure.error), failure)))
  }

  @Test mutating func `the person's cancel is told so`() {
    begin()
    #expect(
      machine.receive(.failed(Build.failure("57014", cancel: true)))
        == .end(
          StepEnding(
            .cancelled,
            StepFailure(
              .person, ChangeFailure(message: "cancelled by the person who set up", sqlState: "57014")))))
  }

  @Test mutating func `a lost connection is no answer: the extension is looked up`() {
    begin()
    let lost = Build.failure(nil, "lost", cause: .lost)
    #expect(machine.receive(.failed(lost)) == .awaitBackend)
    #expect(machine.receive(.backendGone(isCancelWanted: false)) == .lookForExtension("hypopg"))
    var second = machine
    #expect(
      machine.receive(.foundExtension(version: "1.3.1")) == .end(StepEnding(.installed(version: "1.3.1"))))
    #expect(
      second.receive(.foundExtension(version: nil)) == .end(StepEnding(.failed(error: lost.error), lost)))
  }

  @Test mutating func `what only the server knows is called interrupted`() {
    begin()
    var (second, third) = (machine, machine)
    let givenUp = Build.failure(nil, "stopped", cause: .abandoned, cancel: true)
    #expect(
      machine.receive(.failed(givenUp))
        == .end(
          StepEnding(.interrupted(reason: "the statement may still run on the server: stopped"), givenUp)))
    let lost = Build.failure(nil, "lost", cause: .lost)
    _ = second.receive(.failed(lost))
    #expect(
      second.receive(.backendUnknown(reason: "nobody answers"))
        == .end(StepEnding(.interrupted(reason: "nobody answers"), lost)))
    _ = third.receive(.ran(notices: []))
    let noRoute = ChangeFailure(message: "no route")
    #expect(
      third.receive(.couldNotLook(noRoute))
        == .end(
          StepEnding(
            .interrupted(reason: "the extension could not be looked up afterwards: no route"),
            StepFailure(.server, noRoute))))
  }

  @Test func `a note ends at once with what was found`() {
    var note = ChangeStep(
      .note(.wasNotThere), name: RelationName(name: "i"), statement: "a", reverse: "b"
    ).machine(for: .rollback(of: ChangeNumber(1)))
    #expect(note.receive(.begin) == .end(StepEnding(.wasNotThere)))
  }
}
