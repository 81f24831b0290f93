internal import IndexDesign
internal import Postgres

/// One batch of a what-if planner: what is still to be asked, and what became of the rest.
final class WhatIfRun {
  /// What was known before, and what was learnt.
  private(set) var memory: WhatIfMemory
  /// Why some of the questions have no plan.
  private var failures: [WhatIfMemory.Key: PlanningFailure] = [:]
  /// How many plans the server was asked for.
  private(set) var planCount = 0

  private let crew: WhatIfCrew
  private var questions: [WhatIfQuestion] = []
  private var numbers: [WhatIfMemory.Key: Int] = [:]
  /// What is to be sent, the next one last.
  private var queue: [WhatIfChunk] = []
  /// Chunks whose set could not be made, and why.
  private var held: [(chunk: WhatIfChunk, error: ServerError)] = []

  /// So many questions go in one group: few round trips, and little is done twice when one of them fails.
  private static let mostInChunk = 16

  init(_ memory: WhatIfMemory, _ crew: WhatIfCrew) {
    self.memory = memory
    self.crew = crew
  }

  /// Adds a question; one that is there already is not asked twice.
  func add(_ lookup: WhatIfMemory.Lookup) {
    if let number = numbers[lookup.key] {
      if lookup.wantsPlan { questions[number].wantsPlan = true }
      return
    }
    var set: [Int] = []
    for design in lookup.designs where memory.designs[design].failure == nil && !set.contains(design) {
      set.append(design)
    }
    numbers[lookup.key] = questions.count
    questions.append(WhatIfQuestion(key: lookup.key, set: set, wantsPlan: lookup.wantsPlan))
  }

  /// Asks until each question has its plan, its failure or a design that cannot be made.
  ///
  /// - Throws: `ServerError` with code `.cancelled`, or when a session cannot be opened.
  func finish() throws(ServerError) {
    schedule(Array(questions.indices))
    while !queue.isEmpty {
      try go()
      try examine()
    }
  }

  /// What a request gets, once everything has been asked.
  func answer(to lookup: WhatIfMemory.Lookup) -> CostAnswer {
    if let failure = memory.refusal(of: lookup) ?? failures[lookup.key] { return .failure(failure) }
    guard let plan = memory.answer(to: lookup) else { return .failure(PlanningFailure("it was not planned")) }
    return .success(memory.cost(plan, lookup))
  }

  // MARK: What is asked when

  /// Questions of one set go together, and sets that begin alike follow each other.
  private func schedule(_ numbers: [Int]) {
    let sets = Dictionary(grouping: numbers) { questions[$0].set }
    let size = min(Self.mostInChunk, max(1, numbers.count / (crew.most * 4)))
    var chunks: [WhatIfChunk] = []
    for (set, numbers) in sets.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for start in stride(from: 0, to: numbers.count, by: size) {
        chunks.append(
          WhatIfChunk(set: set, questions: Array(numbers[start..<min(start + size, numbers.count)])))
      }
    }
    queue += chunks.reversed()
  }

  private func go() throws(ServerError) {
    try crew.prepare(for: queue.count)
    var loop = PipelineLoop(crew.backends.map(\.session.connection))
    let isComplete: Bool
    do {
      isComplete = try loop.run(next: { self.next($0) }, receive: { self.receive($0, from: $1) })
    } catch {
      crew.dismiss()
      throw ServerError(error)
    }
    guard isComplete else {
      crew.dismiss()
      throw ServerError(.cancelled, "cancelled after \(NumberText.counted(Int64(planCount), "plan"))")
    }
  }

  private func next(_ backend: Int) -> [PipelineStep]? {
    guard let chunk = queue.last, !crew.backends.contains(where: { $0.conversation.isAlone }),
      !chunk.isAlone || crew.backends.allSatisfy({ $0.conversation.isIdle })
    else { return nil }
    queue.removeLast()
    for number in chunk.questions {
      questions[number].mends = memory.statements[questions[number].key.statement].attempt?.mends ?? 0
    }
    return crew.backends[backend].conversation.steps(for: chunk, questions, memory)
  }

  /// Asks for each design by itself which one the server does not take.
  private func examine() throws(ServerError) {
    guard !held.isEmpty else { return }
    let failed = held
    held = []
    queue += Set(failed.flatMap(\.chunk.set)).sorted().map { WhatIfChunk(set: [$0], questions: []) }
    try go()
    for (chunk, error) in failed {
      guard chunk.set.contains(where: { memory.designs[$0].failure != nil }) else {
        for question in chunk.questions { fail(question, PlanningFailure(error)) }
        continue
      }
      for question in chunk.questions {
        questions[question].set.removeAll { memory.designs[$0].failure != nil }
      }
      // One that needs the design is answered by what is now known of it.
      schedule(
        chunk.questions.filter { question in
          questions[question].key.designs.allSatisfy { memory.designs[$0].failure == nil }
        })
    }
  }

  // MARK: What came

  private func receive(_ outcome: PipelineOutcome, from backend: Int) {
    for event in crew.backends[backend].conversation.receive(outcome) {
      switch event {
      case .planned(let question, let text, let names): planned(question, text, names)
      case .failed(let question, let error): failed(question, error, on: backend)
      case .notReached(let numbers): if !numbers.isEmpty { schedule(numbers) }
      case .setFailed(let chunk, let error): setFailed(chunk, error)
      case .lost(let chunk, let error): lost(chunk, error)
      }
    }
  }

  private func planned(_ number: Int, _ text: String, _ names: [String: Int]) {
    planCount += 1
    let question = questions[number]
    do {
      let summary = try PlanSummary(explainJSON: text)
      let indexes = try summary.indexes(named: names)
      memory.keep(
        WhatIfMemory.Plan(
          summary: summary, designs: indexes.designs, indexes: indexes.real,
          document: question.wantsPlan ? (text, names) : nil),
        as: question.key)
    } catch {
      fail(number, PlanningFailure(error.message, detail: error.detail, hint: error.hint))
    }
  }

  private func failed(_ number: Int, _ error: PostgresError, on backend: Int) {
    planCount += 1
    let statement = memory.statements[questions[number].key.statement]
    guard var attempt = statement.attempt else {
      let isPrepared = crew.backends[backend].conversation.leavesEntries
      let behind = isPrepared ? 0 : WhatIfConversation.explain.unicodeScalars.count
      return fail(number, PlanningFailure(ServerError(error, in: statement.planned.text, behind: behind)))
    }
    // Another question of the same statement may have been refused first.
    guard questions[number].mends == attempt.mends else { return schedule([number]) }
    let refusal = ServerError(error, in: attempt.text, behind: 0)
    if attempt.mend(after: .init(refusal)) {
      memory.note(attempt, ofStatement: questions[number].key.statement)
      return schedule([number])
    }
    fail(number, PlanningFailure(refusal.hintingAtValues(in: attempt)))
  }

  private func setFailed(_ chunk: WhatIfChunk, _ error: ServerError) {
    guard chunk.questions.isEmpty, let design = chunk.set.first else {
      held.append((chunk, error))
      return
    }
    memory.note(PlanningFailure(error), ofDesign: design)
  }

  /// What may have ended a backend is tried once more, one by one and with nothing beside it.
  private func lost(_ chunk: WhatIfChunk, _ error: ServerError) {
    if chunk.questions.isEmpty, let design = chunk.set.first {
      memory.note(PlanningFailure(error), ofDesign: design)
    }
    for number in chunk.questions {
      questions[number].losses += 1
      if questions[number].losses > 1 {
        fail(number, PlanningFailure(error))
      } else {
        queue.insert(WhatIfChunk(set: questions[number].set, questions: [number], isAlone: true), at: 0)
      }
    }
  }

  private func fail(_ number: Int, _ failure: PlanningFailure) { failures[questions[number].key] = failure }
}

extension PlanningFailure {
  /// A server's refusal in the planner's words.
  init(_ error: ServerError) {
    self.init(
      error.message, sqlState: error.sqlState, detail: error.detail,
      hint: error.code == .lost ? nil : error.hint,
      position: error.position)
  }
}
