import IndexDesign
import Testing

@testable import Postgres
@testable import Server

/// What is said on one backend, as a transcript, without a server.
@Suite struct WhatIfConversationTests {
  static let begin = PipelineStep.query("SET /* hypo:own */ transaction_read_only = on")
  static let reset = PipelineStep.query("SELECT /* hypo:own */ public.hypopg_reset()")
  static let explain = PipelineStep.query("EXPLAIN /* hypo:own */ (FORMAT JSON) SELECT 1")

  static func dropping(behind count: Int) -> PipelineStep {
    .query(
      "SELECT /* hypo:own */ public.hypopg_drop_index(h.indexrelid) "
        + "FROM (SELECT indexrelid FROM public.hypopg() OFFSET \(count)) h")
  }

  static func making(_ columns: String...) -> PipelineStep {
    let values = columns.indices.map { "($\($0 + 1)::pg_catalog.text)" }.joined(separator: ", ")
    return .query(
      "SELECT /* hypo:own */ c.indexname FROM (VALUES \(values)) s(statement), "
        + "LATERAL public.hypopg_create_index(s.statement) c", columns.map { "CREATE INDEX ON t (\($0))" })
  }

  /// Designs a, b and c by the numbers 0, 1 and 2, and two questions about SELECT 1.
  struct Talk {
    var conversation = WhatIfConversation(schema: "public")
    let memory: WhatIfMemory
    let questions: [WhatIfQuestion]

    init() throws {
      var memory = WhatIfMemory()
      let designs = ["a", "b", "c"].map {
        IndexDefinition(table: RelationName(name: "t"), keys: [IndexKey(.column($0))])
      }
      _ = memory.number(CostRequest(PlannedStatement("SELECT 1"), under: designs))
      self.memory = memory
      let question = WhatIfQuestion(key: .init(statement: 0, designs: []), set: [], wantsPlan: false)
      questions = [question, question]
    }

    mutating func steps(_ set: [Int], _ asked: [Int] = [0]) -> [PipelineStep] {
      conversation.steps(for: WhatIfChunk(set: set, questions: asked), questions, memory)
    }

    mutating func receive(_ values: [[String]], failing error: PipelineError? = nil) -> [String] {
      let results = values.map { rows in
        var result = QueryResult()
        result.rows = rows.map { [$0] }
        return result
      }
      return conversation.receive(PipelineOutcome(results: results, failure: error)).map { event in
        switch event {
        case .planned(let question, let text, let names):
          "plan \(question) \(text) \(names.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })"
        case .failed(let question, let error): "failed \(question) \(error.message)"
        case .notReached(let questions): "not reached \(questions)"
        case .setFailed(let chunk, let error): "no set \(chunk.set) \(error.message)"
        case .lost(let chunk, let error): "lost \(chunk.questions) \(error.message)"
        }
      }
    }
  }

  @Test func `designs that two sets begin with stay, the others go and come`() throws {
    var talk = try Talk()
    #expect(talk.steps([]) == [Self.begin, Self.explain])
    #expect(talk.steps([0, 1]) == [Self.begin, Self.making("a", "b"), Self.explain])
    #expect(talk.steps([0, 1]) == [Self.begin, Self.explain])
    #expect(talk.steps([0, 2]) == [Self.begin, Self.dropping(behind: 1), Self.making("c"), Self.explain])
    #expect(talk.steps([0]) == [Self.begin, Self.dropping(behind: 1), Self.explain])
    #expect(talk.steps([1, 0]) == [Self.begin, Self.reset, Self.making("b", "a"), Self.explain])
    #expect(talk.steps([]) == [Self.begin, Self.reset, Self.explain])
    #expect(talk.steps([]) == [Self.begin, Self.explain])
    #expect(talk.receive([[], ["p0"]]) == ["plan 0 p0 []"])
    #expect(talk.receive([[], ["A", "B"], ["p1"]]) == ["plan 0 p1 [\"A=0\", \"B=1\"]"])
    #expect(talk.receive([[], ["p2"]]) == ["plan 0 p2 [\"A=0\", \"B=1\"]"])
    #expect(talk.receive([[], [""], ["C"], ["p3"]]) == ["plan 0 p3 [\"A=0\", \"C=2\"]"])
    #expect(talk.receive([[], [""], ["p4"]]) == ["plan 0 p4 [\"A=0\"]"])
    #expect(talk.receive([[], [""], ["B", "A"], ["p5"]]) == ["plan 0 p5 [\"A=0\", \"B=1\"]"])
    #expect(talk.receive([[], [""], ["p6"]]) == ["plan 0 p6 []"])
    #expect(!talk.conversation.isIdle)
    #expect(talk.receive([[], ["p7"]]) == ["plan 0 p7 []"])
    #expect(talk.conversation.isIdle)
  }

  @Test func `where HypoPG may have given designs up, each group makes its own`() throws {
    var talk = try Talk()
    talk.conversation = WhatIfConversation(schema: "public", invalidatesDesigns: true)
    #expect(talk.steps([]) == [Self.begin, Self.explain])
    #expect(talk.steps([0, 1]) == [Self.begin, Self.making("a", "b"), Self.explain])
    #expect(talk.steps([0, 1]) == [Self.begin, Self.reset, Self.making("a", "b"), Self.explain])
    #expect(talk.steps([]) == [Self.begin, Self.reset, Self.explain])
    #expect(talk.receive([[], ["p0"]]) == ["plan 0 p0 []"])
    #expect(talk.receive([[], ["A", "B"], ["p1"]]) == ["plan 0 p1 [\"A=0\", \"B=1\"]"])
    #expect(talk.receive([[], [""], ["C", "D"], ["p2"]]) == ["plan 0 p2 [\"C=0\", \"D=1\"]"])
    #expect(talk.receive([[], [""], ["p3"]]) == ["plan 0 p3 []"])
  }

  @Test func `a statement that fails leaves its set, and those behind it for later`() throws {
    var talk = try Talk()
    _ = talk.steps([0], [0, 1])
    #expect(talk.steps([0], [1]) == [Self.begin, Self.explain])
    let error = PipelineError(step: 2, error: PostgresError(.statement, "division by zero"))
    #expect(talk.receive([[], ["A"]], failing: error) == ["failed 0 division by zero", "not reached [1]"])
    #expect(talk.receive([[], ["p"]]) == ["plan 1 p [\"A=0\"]"])
  }

  @Test func `a set that cannot be made spoils what was sent for it, and is forgotten`() throws {
    var talk = try Talk()
    _ = talk.steps([0, 1])
    _ = talk.steps([0, 1], [1])
    let error = PipelineError(step: 1, error: PostgresError(.statement, "no such column"))
    #expect(talk.receive([[]], failing: error) == ["no set [0, 1] no such column"])
    #expect(talk.receive([[], ["p"]]) == ["not reached [1]"])
    #expect(talk.steps([0]) == [Self.begin, Self.reset, Self.making("a"), Self.explain])
    #expect(
      talk.receive([[], [""], ["A", "A2"], ["p"]]) == [
        "no set [0] HypoPG made 2 hypothetical indexes where 1 were asked for"
      ])
  }

  @Test func `of a lost backend's groups the first one is the suspect`() throws {
    var talk = try Talk()
    _ = talk.steps([0], [0])
    _ = talk.steps([0], [1])
    let error = PipelineError(step: 2, error: PostgresError(.lost, "gone"))
    #expect(
      talk.receive([[], ["A"]], failing: error) == ["lost [0] the connection to the server was lost: gone"])
    #expect(talk.receive([], failing: error) == ["not reached [1]"])
  }

  @Test func `object ids that are used up are given back by a reset`() throws {
    var talk = try Talk()
    var resets = 0
    for number in 0..<WhatIfConversation.mostObjectIDs {
      let steps = talk.steps([0, 1 + number % 2])
      if steps.contains(Self.reset) {
        resets += 1
        #expect(steps.contains(Self.making("a", number % 2 == 0 ? "b" : "c")))
      }
    }
    #expect(resets == 1)
  }

  @Test func `a statement with parameters is prepared anew each time`() throws {
    var memory = WhatIfMemory()
    let request = CostRequest(PlannedStatement("SELECT $1, $2", parameterCount: 2))
    _ = memory.number(request)
    var attempt = GenericPlanAttempt("SELECT $1, $2")
    let isMended = attempt.mend(
      after: .init(sqlState: "42P18", message: "could not determine data type of parameter $2"))
    #expect(isMended)
    memory.note(attempt, ofStatement: 0)
    var conversation = WhatIfConversation(schema: "public")
    let question = WhatIfQuestion(key: .init(statement: 0, designs: []), set: [], wantsPlan: false)
    #expect(
      conversation.steps(for: WhatIfChunk(set: [], questions: [0]), [question], memory) == [
        Self.begin, .query("DEALLOCATE /* hypo:own */ ALL"),
        .prepare(name: "hypo_statement", "SELECT $1, $2", types: [0, 25]),
        .query("EXPLAIN /* hypo:own */ (FORMAT JSON) EXECUTE hypo_statement(NULL, NULL)"),
      ])
    let error = PipelineError(step: 2, error: PostgresError(.statement, "syntax error"))
    let events = conversation.receive(
      PipelineOutcome(results: [QueryResult(), QueryResult()], failure: error))
    guard case .failed(0, let failure) = events.first else {
      Issue.record("the statement did not fail")
      return
    }
    #expect(events.count == 1 && failure == error.error)
  }
}
