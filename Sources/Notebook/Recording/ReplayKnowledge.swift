public import IndexDesign

/// What a replay of a recording knows at its present end, and what it has to be told before the next step.
public struct ReplayKnowledge: Sendable {
  private var known = RecordedSession()

  /// A replay that knows nothing.
  ///
  /// - Parameter place: where the recording begins: a replay begins where its target leads, and nowhere when no header
  ///   can say that; nil without a connection.
  public init(from place: RecordedPlace? = nil) {
    if let place, place.isReached { known.place = place.atHome }
  }

  /// Whether a replay knows a statement as it is now.
  public func knows(_ query: RecordedSession.Query) -> Bool {
    known.query(query.handle)?.text == query.text
  }

  /// The number that a replay gives to the next new design.
  public var nextDesign: DesignHandle { DesignHandle((known.designs.keys.map(\.number).max() ?? 0) + 1) }

  /// The designs of other databases that a replay does not know.
  public func unknownDesigns(of state: RecordedSession) -> Set<DesignHandle> {
    Set(state.designsElsewhere.keys).subtracting(known.designs.keys)
  }

  /// The commands that make for a step what was made before the recording, or by what is left out of it. They count as
  /// written from here on.
  ///
  /// - Parameters:
  ///   - state: the session before the step.
  ///   - uses: what the step uses of it. What the planner sees counts for every step.
  public mutating func commands(before state: RecordedSession, using uses: RecordedUses) -> [String] {
    var commands: [String] = []
    for handle in uses.typedDesigns.sorted() {
      guard let place = state.designsElsewhere[handle], let design = state.designs[handle],
        known.designs[handle] != design
      else { continue }
      commands += lead(to: place) + [make(handle, design)]
    }
    commands += lead(to: state.place) + settings(state.settings)
    let made = uses.designs.union(state.active).intersection(state.designs.keys)
    commands += designs(made.subtracting(state.designsElsewhere.keys), state)
    var wanted = uses.queries
    if case .all = uses.plans { wanted.formUnion(state.queries.map(\.handle)) }
    var last: RecordedSession.Query?
    if case .last = uses.plans, let meant = state.last {
      wanted.insert(meant.handle)
      if known.last != meant { last = meant }
    }
    for query in state.queries where wanted.contains(query.handle) && !knows(query) {
      commands.append(query.command)
      know(query)
    }
    for query in state.queries where wanted.contains(query.handle) && query.handle != last?.handle {
      guard let values = state.planned[query.handle], !state.plannedElsewhere.contains(query.handle),
        known.planned[query.handle] != values,
        uses.plans.count(values)
      else { continue }
      commands.append(plan(query, values))
    }
    if let last, !state.plannedElsewhere.contains(last.handle) {
      commands.append(plan(last, state.planned[last.handle] ?? []))
    }
    return commands
  }

  /// Takes what a step did that is in the recording.
  ///
  /// - Parameters:
  ///   - given: the statements that it gave their handles by their text.
  public mutating func note(
    from before: RecordedSession, to after: RecordedSession, giving given: Set<QueryHandle>
  ) {
    (known.place, known.settings) = (after.place, after.settings)
    for query in after.queries where given.contains(query.handle) && !query.isRanked { know(query) }
    for (handle, design) in after.designs where before.designs[handle] != design {
      known.designs[handle] = design
    }
    (known.active, known.areDesignsSeen) = (after.active, after.areDesignsSeen)
    for (handle, values) in after.planned where before.planned[handle] != values {
      known.planned[handle] = values
    }
  }

  /// Takes that a step in the recording was about a statement, which a bare command means from here on.
  public mutating func note(last query: RecordedSession.Query?, in state: RecordedSession) {
    known.last = query
    if let query { known.planned[query.handle] = state.planned[query.handle] }
  }

  private mutating func know(_ query: RecordedSession.Query) {
    known.queries.removeAll { $0.handle == query.handle }
    known.queries.append(query)
    if case .name = query.handle { known.last = query }
  }

  private mutating func plan(_ query: RecordedSession.Query, _ values: [String]) -> String {
    known.last = query
    known.planned[query.handle] = values
    let with = values.isEmpty ? "" : "with (\(values.joined(separator: ", ")))"
    let subject = query.handle == .name("") ? query.statement : "\(query.handle)"
    return "explain \(subject)" + (with.isEmpty ? "" : " " + with)
  }

  /// A new session has neither settings nor hypothetical designs.
  private mutating func lead(to place: RecordedPlace?) -> [String] {
    guard let place else { return [] }
    let commands = place.commands(from: known.place)
    if !commands.isEmpty {
      (known.settings, known.active, known.areDesignsSeen) = ([:], [], true)
    }
    known.place = place
    return commands
  }

  private mutating func make(_ handle: DesignHandle, _ design: RecordedSession.Design) -> String {
    known.designs[handle] = design
    if design.canBeHypothetical { known.active.insert(handle) }
    return "hypo add \(handle) = \(design.definition)"
  }

  private mutating func settings(_ wanted: [String: String]) -> [String] {
    defer { known.settings = wanted }
    let names = Set(wanted.keys).union(known.settings.keys).sorted()
    return names.filter { wanted[$0] != known.settings[$0] }.map { name in
      guard let value = wanted[name] else { return "reset \(Identifier.quoted(name));" }
      // Its value is a list of identifiers, quoted as they need it.
      let isList = name == "search_path" && !value.isEmpty
      return "set \(Identifier.quoted(name)) = \(isList ? value : Literal.quoted(value));"
    }
  }

  private mutating func designs(_ wanted: Set<DesignHandle>, _ state: RecordedSession) -> [String] {
    var commands: [String] = []
    for handle in wanted.sorted() {
      guard let design = state.designs[handle], known.designs[handle] != design else { continue }
      commands.append(make(handle, design))
    }
    let surplus = known.active.subtracting(state.active).sorted()
    if !surplus.isEmpty {
      commands.append("hypo drop " + surplus.map(\.description).joined(separator: " "))
    }
    commands += state.active.subtracting(known.active).sorted().map { "hypo add \($0)" }
    known.active = state.active
    if known.areDesignsSeen != state.areDesignsSeen {
      commands.append(state.areDesignsSeen ? "hypo on" : "hypo off")
      known.areDesignsSeen = state.areDesignsSeen
    }
    return commands
  }
}

extension RecordedUses.Plans {
  /// Whether it matters that a statement was planned before, with these values or without any.
  fileprivate func count(_ values: [String]) -> Bool {
    switch self {
    case .none: false
    case .named, .last, .all: !values.isEmpty
    case .shown: true
    }
  }
}

extension RecordedSession.Query {
  /// The text up to its semicolon; a comment at its end must not hide that.
  fileprivate var statement: String {
    SQLScan(text + ";").firstStatementEnd == nil ? text + "\n;" : text + ";"
  }

  /// The command that gives it its handle.
  fileprivate var command: String {
    switch handle {
    case .number: "query \(handle) = \(statement)" + (queryID.map { " queryid \($0)" } ?? "")
    case .name(let name): "query \(name) = \(statement)"
    }
  }
}
