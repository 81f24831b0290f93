internal import IndexDesign
internal import Postgres
internal import Server

/// Does on the server what the machine of a step decides, and tells it what came of it.
final class StepRun {
  private var machine: any StepMachine
  private let step: ChangeStep
  private let change: ChangeConnection
  private let watch: ChangeWatch
  private let tableLockTimeout: Duration
  private let journal: (UInt32) -> Void
  private let tell: (BuildProgress) -> Void

  /// - Parameters:
  ///   - saw: writes down the index that a build is seen to make; called once.
  ///   - progress: called about once a second while something runs on the server.
  init(
    _ step: ChangeStep, of kind: ChangeIntent.Kind, _ change: ChangeConnection, tableLockTimeout: Duration,
    saw: @escaping (UInt32) -> Void, progress: @escaping (BuildProgress) -> Void
  ) {
    self.step = step
    self.change = change
    self.tableLockTimeout = tableLockTimeout
    machine = step.machine(for: kind)
    journal = saw
    tell = progress
    watch = ChangeWatch(change, table: step.table?.objectID ?? 0, tell: progress)
  }

  /// Goes on until the machine says that it has ended.
  func run() -> StepEnding {
    watch.onIndex = { [unowned self] index in
      if case .journal(let index) = machine.receive(.saw(index: index)) { journal(index) }
    }
    defer { watch.onIndex = { _ in } }
    var action = machine.receive(.begin)
    while true {
      if case .end(let ending) = action { return ending }
      let event = perform(action)
      action = machine.receive(event)
    }
  }

  private func perform(_ action: StepAction) -> StepEvent {
    switch action {
    case .look, .lookAt, .lookForExtension:
      do { return try look(action) } catch { return .couldNotLook(ChangeFailure(error)) }
    case .awaitBackend:
      let reason = LostBackend(change, table: step.table?.objectID ?? 0).waitUntilGone(
        watch: watch, tell: tell)
      return reason.map(StepEvent.backendUnknown) ?? .backendGone(isCancelWanted: change.isCancelWanted)
    default:
      do { return try work(action) } catch { return .failed(StepFailure(error, change)) }
    }
  }

  private func look(_ action: StepAction) throws(ServerError) -> StepEvent {
    switch action {
    case .look(let name): return .found(try change.namedRelation(name).map(FoundRelation.init))
    case .lookAt(let objectID):
      return .found(try change.relation(objectID: objectID).map(FoundRelation.init))
    case .lookForExtension(let name):
      let rows = try change.ask("SELECT extversion FROM pg_extension WHERE extname = $1", [name])
      return .foundExtension(version: rows.first?[0])
    default: return .begin
    }
  }

  private func work(_ action: StepAction) throws(ServerError) -> StepEvent {
    switch action {
    case .takeTurn(let isCleanUp):
      guard let table = step.table else { return .turnTaken }
      if isCleanUp {
        change.forgetCancel()
        try change.reopenWorking()
      }
      try TableTurn(of: table, change, watch).take(atMost: tableLockTimeout, tell: tell)
      return .turnTaken
    case .waitForTable:
      if let table = step.table, let lock = step.lock {
        try change.waitForTable(table, lock, atMost: tableLockTimeout, watch)
        try change.requireSame(table)
      }
      return .tableFree
    case .run(let sql, let phase): return .ran(notices: try run(sql, phase))
    default: return .begin
    }
  }

  private func run(_ sql: String, _ phase: StepPhase) throws(ServerError) -> [StatementNotice] {
    if phase == .dropLeftover {
      change.forgetCancel()
      try change.reopenWorking()
    }
    watch.begin()
    change.beforeCancel { [watch] in if phase == .build { watch.look() } }
    defer { change.beforeCancel {} }
    let result = try change.run(sql) { [watch] in
      if let words = phase.words { watch.beat(words) } else { watch.beat() }
    }
    return result.notices.map { notice in
      let told = StatementNotice(
        severity: notice.severity, sqlState: notice.sqlState ?? "", routine: notice.routine)
      // Event triggers and the server itself may have more to say, which is for the person.
      if !told.saysItIsThere, !told.saysNothingIsThere { change.tell(notice) }
      return told
    }
  }
}

extension StepPhase {
  /// What is shown while it runs; nil when the server tells its progress.
  fileprivate var words: String? {
    switch self {
    case .build: nil
    case .drop: "dropping the index"
    case .dropLeftover: "dropping the invalid index that the build left"
    case .install(let name): "installing \(name) (Ctrl-C cancels)"
    }
  }
}

extension StepFailure {
  fileprivate init(_ error: ServerError, _ change: ChangeConnection) {
    let cause: Cause =
      switch error.code {
      case _ where change.hasGivenUp: .abandoned
      case .lost: .lost
      case .refused: .refused
      case .connection: .connection
      default: .server
      }
    self.init(cause, ChangeFailure(error), isCancelWanted: change.isCancelWanted)
  }
}

extension FoundRelation {
  init(_ relation: NamedRelation) {
    self.init(
      objectID: relation.objectID, name: relation.name, kind: relation.kind?.words ?? "relation",
      index: relation.index.map {
        Index(
          tableObjectID: relation.tableObjectID ?? 0, definition: $0.definition, isValid: $0.isValid,
          sizeInBytes: $0.sizeInBytes)
      })
  }
}

extension ServerError {
  /// What a failure is told as.
  init(_ failure: StepFailure) {
    let code: Code =
      switch failure.cause {
      case .server: .statement
      case .connection: .connection
      case .lost: .lost
      case .person, .abandoned: .cancelled
      case .refused: .refused
      case .unexpected: .unexpectedAnswer
      }
    self.init(code, failure.error)
  }
}
