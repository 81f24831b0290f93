internal import IndexDesign
internal import Postgres

// Why a plan does not use a design: the planner is asked again with what it preferred switched off. Where it takes
// the design then, it says at what cost; where it still reads the table row by row, no index on it can serve.

extension Session {
  /// The settings that are off when the planner is asked again.
  enum Forced {
    /// Without an index: each condition of the statement is in the plan.
    static let bare = ["enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan"]
    static let indexes = ["enable_seqscan"]
    /// On unless they are off in a set.
    static let always = bare
    static let further = [
      ["enable_seqscan", "enable_sort", "enable_hashjoin", "enable_mergejoin"],
      ["enable_seqscan", "enable_sort", "enable_hashjoin", "enable_nestloop"],
      ["enable_seqscan", "enable_sort", "enable_bitmapscan"],
      ["enable_seqscan", "enable_indexscan", "enable_indexonlyscan"],
    ]
  }

  /// A form of a statement that the planner is asked about, and the settings that are off meanwhile.
  struct ForcedQuestion {
    var asking: Planning
    var off: [String]
    /// Other settings meanwhile, by their names.
    var values: [String: String] = [:]
  }

  /// Takes down what is known of each active design that HypoPG can judge and a plan does not use although it reads a
  /// table of that name.
  ///
  /// - Parameter ask: gives the steps that explain a form of the statement with VERBOSE.
  /// - Throws: `ServerError` when the person stops it or the connection is lost; what the server refuses only leaves
  ///   things unknown.
  func judgeUnused(
    in explanation: inout Explanation, asking ask: (_ text: String) -> Planning
  ) throws(ServerError) {
    var rivals: [DesignHandle: String] = [:]
    explanation.contests = try contests(explanation, &rivals, asking: ask)
    explanation.rivals = rivals
  }

  private func contests(
    _ explanation: Explanation, _ rivals: inout [DesignHandle: String],
    asking ask: (_ text: String) -> Planning
  ) throws(ServerError) -> [DesignHandle: DesignContest] {
    guard !hypotheticals.active.isEmpty else { return [:] }
    let read = Set(explanation.plan.nodes.compactMap(\.relation))
    var answers = explanation.unnamedColumns.filter { handle, _ in
      !explanation.plan.usedDesigns.contains(handle)
        && !explanation.unjudgedDesigns.contains { $0.handle == handle }
    }.mapValues { DesignContest.cannotServe(.columnsNotNamed($0), remedy: nil) }
    let unused = hypotheticals.active.filter { design in
      guard let table = design.definition?.table.name else { return false }
      return answers[design.handle] == nil && !explanation.plan.usedDesigns.contains(design.handle)
        && !explanation.unjudgedDesigns.contains { $0.handle == design.handle }
        && !design.partitions.union([table]).isDisjoint(with: read)
    }
    guard !unused.isEmpty, try !mayCrash(planning: explanation.statement) else { return answers }
    let names = hypotheticals.handlesByName
    let asking = ask(explanation.statement)
    func questions(_ sets: [[String]]) -> [ForcedQuestion] {
      sets.map { ForcedQuestion(asking: asking, off: $0) }
    }
    let began = ContinuousClock.now
    let first = try plans(of: questions([Forced.bare, Forced.indexes]), names)
    guard first.count == 2 else {
      return answers.merging(unused.asContests { _ in .unknown }) { known, _ in known }
    }
    // What is dear to plan is asked about no more than is needed: the least cost is then "at most".
    let isDear = ContinuousClock.now - began > Self.patience
    let further = isDear ? [] : Forced.further
    let others = try plans(of: questions(further), names)
    guard others.count == further.count else {
      return answers.merging(unused.asContests { _ in .unknown }) { known, _ in known }
    }
    let sets = [Forced.bare, Forced.indexes] + further
    // Each form is a statement of its own where hypo's are counted.
    let tables = isDear || facts.ownCounting.leavesEntries ? nil : SampledTables(in: explanation.statement)
    var contestants = Contestants(
      bare: first[0], forced: [first[1]] + others, against: explanation.plan.totalCost,
      statement: explanation.statement, scratch: Scratch(beside: self))
    var free: [RelationName: [ExecutionPlan]] = [:]
    for design in unused {
      guard let table = design.definition?.table else { continue }
      rivals[design.handle] = explanation.plan.title(reading: table, knownBy: first[0])
      let choices = tables.map { SeqScanChoices($0, table, in: first[0], chosen: explanation.plan) }
      contestants.questions = (choices?.statements ?? []).map {
        ForcedQuestion(asking: ask($0), off: Forced.indexes)
      }
      if free[table] == nil { free[table] = try plans(of: contestants.questions, names) }
      contestants.free = free[table] ?? []
      contestants.isComplete =
        design.partitions.isEmpty && choices?.areAll(with: contestants.free + [explanation.plan]) == true
      if contestants.free.isEmpty { contestants.questions = [] }
      contestants.questions += questions(sets)
      let lost = contestants.plans(penalty).contest(
        of: design.handle, keys: design.definition?.keys ?? [], against: contestants.against)
      answers[design.handle] = if let lost { lost } else { try verdict(on: design, &contestants) }
    }
    return answers
  }

  /// The most time for the first two plans of a statement that is asked about in further forms: there can be twenty. A
  /// busy machine must not decide what is said of a statement that is quick to plan.
  private static let patience = Duration.seconds(1)

  /// What the planner puts on top of steps that are switched off.
  private var penalty: PlannerCost? { facts.versionNumber < 180_000 ? PlannerCost(1e10) : nil }

  /// What a contest between a design and other paths is decided by.
  private struct Contestants {
    let bare: ExecutionPlan
    let forced: [ExecutionPlan]
    let against: PlannerCost
    let statement: String
    var scratch: Scratch
    var free: [ExecutionPlan] = []
    var isComplete = false
    /// What was asked, the free forms first.
    var questions: [ForcedQuestion] = []

    func plans(_ penalty: PlannerCost?) -> ContestPlans {
      ContestPlans(free: free, isComplete: isComplete, forced: forced, penalty: penalty)
    }
  }

  /// A design that no forced plan uses: something else on its table is taken even then, or it cannot serve.
  private func verdict(
    on design: HypotheticalIndexes.Active, _ contestants: inout Contestants
  ) throws(ServerError) -> DesignContest {
    guard let definition = design.definition else { return .unknown }
    var hasNoPath = ([contestants.forced[0]] + contestants.free).allSatisfy { $0.readsRowByRow(design) }
    // Without the other designs and indexes it may be the best that is left.
    if !hasNoPath,
      facts.canHideIndexes || hypotheticals.active.contains(where: { $0.sharesTable(with: design) })
    {
      let alone = try contestants.scratch.plans(
        with: design.statement,
        hiding: [definition.table.sql] + design.partitions.map { RelationName(name: $0).sql },
        contestants.questions)
      let plans = ContestPlans(free: [], isComplete: false, forced: alone, penalty: penalty)
      if let contest = plans.contest(
        of: Scratch.handle, keys: definition.keys, against: contestants.against)
      {
        return contest
      }
      hasNoPath = alone.suffix(contestants.forced.count).first?.readsRowByRow(design) ?? false
    }
    let question = ServingQuestion(
      definition, partitions: design.partitions, in: contestants.bare, hasNoPath: hasNoPath,
      facts: hasNoPath ? try keyFacts(of: definition) : [:],
      collations: StatementParser.collations(in: contestants.statement),
      names: SQLLexer(contestants.statement).names)
    let asking = contestants.questions.suffix(contestants.forced.count).prefix(1)
    var obstacle = question.obstacle
    if obstacle == nil, !hasNoPath, let asking = asking.first?.asking {
      obstacle = try unprovenCondition(
        of: definition, in: contestants.forced[0], asking: asking, by: &contestants.scratch)
    }
    guard let obstacle else { return hasNoPath ? .cannotServe(nil, remedy: nil) : .unknown }
    for remedy in question.remedies(for: obstacle) {
      let plans = try contestants.scratch.plans(with: remedy.hypotheticalStatement, Array(asking))
      if plans.contains(where: { $0.usedDesigns.contains(Scratch.handle) }) {
        return .cannotServe(obstacle, remedy: remedy)
      }
    }
    return .cannotServe(obstacle.needsProof ? nil : obstacle, remedy: nil)
  }

  /// The plans that answer questions; empty when one of them cannot be made.
  ///
  /// - Parameter before: steps that are taken first, in the same transaction; the first one makes the index that is
  ///   tried and gives its name.
  func plans(
    of questions: [ForcedQuestion], _ names: [String: DesignHandle], before: [PipelineStep] = []
  ) throws(ServerError) -> [ExecutionPlan] {
    func plain(_ sql: String) -> PipelineStep { .query(Self.mark + sql) }
    var steps = before
    var answers: [Int] = []
    for question in questions {
      steps.append(plain("SAVEPOINT hypo_contest"))
      // What the person has switched off would be dear for the design, too.
      let values =
        Forced.always.map { "('\($0)', 'on')" } + question.off.map { "('\($0)', 'off')" }
        + question.values.map { "('\($0.key)', '\($0.value)')" }
      if !question.off.isEmpty {
        steps.append(
          plain(
            "SELECT pg_catalog.set_config(s.name, s.value, true) FROM "
              + "(VALUES \(values.joined(separator: ", "))) s(name, value)"))
      }
      answers.append(steps.count + question.asking.answer)
      steps +=
        question.asking.steps + [plain("ROLLBACK TO SAVEPOINT hypo_contest"), plain("RELEASE hypo_contest")]
    }
    guard !questions.isEmpty,
      let results = try results(of: steps, cleanUp: questions.lazy.compactMap(\.asking.cleanUp).first)
    else { return [] }
    var names = names
    // What was made just before has its name in its answer.
    if !before.isEmpty, let name = results.first?.value { names[name] = Scratch.handle }
    let plans = answers.compactMap { answer in
      results[answer].value.flatMap { try? ExecutionPlan(explainJSON: $0, designs: names) }
    }
    return plans.count == questions.count ? plans : []
  }

  /// PostgreSQL 13 or later; `$1` is a table and `$2` an access method. The classes that a column may have, its own
  /// type's default first: column, class, schema of the class, whether it is a default, operators, and the types to which a
  /// cast does nothing, NULL for none: text, and what a domain is made of.
  private static let operatorClasses = """
    SELECT a.attname, c.opcname, n.nspname, c.opcdefault, pg_catalog.array_to_string(ARRAY( \
    SELECT DISTINCT o.oprname FROM pg_catalog.pg_amop p JOIN pg_catalog.pg_operator o ON o.oid = p.amopopr \
    WHERE p.amopfamily = c.opcfamily ORDER BY 1), ' '), \
    CASE WHEN b.oid IN ('pg_catalog.text'::pg_catalog.regtype, 'pg_catalog.varchar'::pg_catalog.regtype) THEN 'text' END, \
    CASE t.typtype WHEN 'd' THEN pg_catalog.format_type(b.oid, -1) END \
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
    JOIN LATERAL (WITH RECURSIVE d(oid, base, kind) AS (SELECT t.oid, t.typbasetype, t.typtype UNION ALL \
    SELECT u.oid, u.typbasetype, u.typtype FROM d JOIN pg_catalog.pg_type u ON d.kind = 'd' AND u.oid = d.base) \
    SELECT oid FROM d WHERE kind <> 'd') e ON true JOIN pg_catalog.pg_type b ON b.oid = e.oid \
    JOIN pg_catalog.pg_opclass c ON c.opcintype = b.oid \
    OR (c.opcintype = 'pg_catalog.anyenum'::pg_catalog.regtype AND b.typtype = 'e') \
    OR (c.opcintype = 'pg_catalog.anyarray'::pg_catalog.regtype AND b.typcategory = 'A') \
    OR (c.opcintype = 'pg_catalog.anyrange'::pg_catalog.regtype AND b.typtype = 'r') \
    OR EXISTS (SELECT FROM pg_catalog.pg_cast k WHERE k.castsource = b.oid AND k.casttarget = c.opcintype \
    AND k.castmethod = 'b') \
    JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace \
    JOIN pg_catalog.pg_type i ON i.oid = c.opcintype \
    WHERE a.attrelid = pg_catalog.to_regclass($1)::oid AND a.attnum > 0 AND m.amname = $2 \
    ORDER BY a.attname, c.opcintype = b.oid DESC, i.typispreferred DESC, c.opcdefault DESC, c.opcname
    """

  /// So many operator classes are tried, each with a round trip.
  private static let mostClasses = 4

  /// What the catalog says of the plain keys of a design, by column.
  private func keyFacts(of definition: IndexDefinition) throws(ServerError) -> [String: KeyFacts] {
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(Self.operatorClasses, [definition.table.sql, definition.accessMethod])
    }
    let rows = answer?.rows ?? []
    var facts: [String: KeyFacts] = [:]
    for key in definition.keys {
      guard case .column(let column) = key.term else { continue }
      let classes = rows.filter { $0[0] == column }
      let own = classes.first { row in key.operatorClass.map { $0.name == row[1] } ?? (row[3] == "t") }
      var seen: Set<String?> = [own?[4]]
      let others = classes.filter { seen.insert($0[4]).inserted }.prefix(Self.mostClasses)
      facts[column] = KeyFacts(
        operators: own?[4].map { Set($0.split(separator: " ").map(String.init)) },
        otherClasses: others.map {
          RelationName(schema: $0[2] == "pg_catalog" ? nil : $0[2], name: $0[1] ?? "")
        }, plainCasts: Set((classes.first?.suffix(2) ?? ["text"]).compactMap { $0 }))
    }
    return facts
  }
}

/// A session beside the person's, opened when it is needed, in which one design at a time can be tried.
struct Scratch {
  /// Stands for the design that is tried.
  static let handle = DesignHandle(Int.max)

  private let person: Session
  private var session: Session?
  private var isUsable = true

  init(beside person: Session) { self.person = person }

  /// The plans with one design alone; empty when it cannot be tried.
  ///
  /// - Parameter hiding: tables without their real indexes, where HypoPG can hide those.
  mutating func plans(
    with statement: String, hiding: [String] = [], _ questions: [Session.ForcedQuestion]
  ) throws(ServerError) -> [ExecutionPlan] {
    guard let session = try opened(), let schema = session.facts.hypopg?.schema else { return [] }
    let make = PipelineStep.query(
      Session.mark + "SELECT indexname FROM \(schema).hypopg_create_index($1)", [statement])
    let hide = PipelineStep.query(
      Session.mark
        + "SELECT pg_catalog.count(\(schema).hypopg_hide_index(indexrelid)) FROM pg_catalog.pg_index "
        + "WHERE indrelid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT pg_catalog.to_regclass(n)::pg_catalog.oid "
        + "FROM pg_catalog.unnest($1::pg_catalog.text[]) n))",
      [hiding.asArray])
    let hides = session.facts.canHideIndexes && !hiding.isEmpty
    let plans = try session.plans(of: questions, [:], before: [make] + (hides ? [hide] : []))
    _ = try session.read(
      "SELECT \(schema).hypopg_reset()" + (hides ? ", \(schema).hypopg_unhide_all_indexes()" : ""))
    return plans
  }

  private mutating func opened() throws(ServerError) -> Session? {
    if session != nil || !isUsable { return session }
    isUsable = false
    do {
      let new = try Session(workingBeside: person)
      try new.take(person.planningSettings())
      session = new
    } catch { if error.code == .cancelled { throw error } }
    return session
  }
}

extension ExecutionPlan {
  /// Whether every scan of a design's table is one of all its rows.
  fileprivate func readsRowByRow(_ design: HypotheticalIndexes.Active) -> Bool {
    guard let table = design.definition?.table else { return false }
    return scans(of: table, design.partitions).allSatisfy { $0.nodeType == "Seq Scan" }
  }
}

extension HypotheticalIndexes.Active {
  fileprivate func sharesTable(with other: HypotheticalIndexes.Active) -> Bool {
    handle != other.handle && definition?.table == other.definition?.table
  }
}

extension [HypotheticalIndexes.Active] {
  fileprivate func asContests(_ contest: (Element) -> DesignContest) -> [DesignHandle: DesignContest] {
    Dictionary(map { ($0.handle, contest($0)) }, uniquingKeysWith: { first, _ in first })
  }
}

extension StatementParser {
  /// The collations that a statement names, each once, in reading order; empty when it cannot be parsed.
  static func collations(in statement: String) -> [RelationName] {
    var found: [RelationName] = []
    func collect(_ tree: JSONValue) {
      switch tree {
      case .array(let elements): elements.forEach(collect)
      case .object(let members):
        if let names = tree["collname"]?.array?.compactMap({ $0["String"]?["sval"]?.string }),
          let last = names.last
        {
          let name = RelationName(schema: names.count > 1 ? names[0] : nil, name: last)
          if !found.contains(name) { found.append(name) }
        }
        members.forEach { collect($0.value) }
      default: break
      }
    }
    for parsed in (try? parse(statement)) ?? [] { collect(parsed.tree) }
    return found
  }
}
