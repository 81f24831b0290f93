public import IndexDesign

extension Explanation {
  /// What was planned and with which values.
  ///
  /// - Parameter handle: the query's; the empty name when it has none.
  public func title(of handle: QueryHandle) -> String {
    let name = handle == .name("") ? "the statement" : "\(handle)"
    switch values {
    case .none: return name
    case .given(let values):
      return "\(name) with " + values.enumerated().map { "$\($0 + 1) = \($1)" }.joined(separator: ", ")
    case .generic: return "\(name), generic plan: for any value of its parameters"
    }
  }

  /// What was planned, with which values and how.
  public func heading(of handle: QueryHandle) -> String {
    if case .generic = values {
      title(of: handle) + "; estimated, not executed"
    } else {
      title(of: handle) + ", estimated; not executed"
    }
  }

  /// The cost of the plan with the descents of B-trees that HypoPG leaves out, where they take half a hundredth of the cost
  /// before or more; else the cost of the plan.
  public func costWithDescents(after before: PlannerCost) -> PlannerCost {
    descents.total.units >= before.units * 0.005 ? plan.totalCost + descents.total : plan.totalCost
  }

  /// The cost of the plan and, where it is another one, with the descents that HypoPG leaves out.
  public func costWords(after before: PlannerCost) -> String {
    let (cost, whole) = (plan.totalCost, costWithDescents(after: before))
    return NumberText.cost(cost)
      + (whole == cost ? "" : ", \(NumberText.cost(whole)) with the descents that HypoPG leaves out")
  }

  /// What has to be known of the two plans besides; nil for nothing.
  public var remark: String? { unexplained?.sentence }

  /// That expressions of designs have no statistics yet; nil for none.
  public var missingExpressions: String? {
    guard !designsWithoutStatistics.isEmpty else { return nil }
    let designs = designsWithoutStatistics.map(\.description).joined(separator: ", ")
    let what =
      designsWithoutStatistics.count == 1
      ? "the expression of \(designs) has" : "the expressions of \(designs) have"
    return
      "\(what) no statistics until the index is real and its table analysed: the planner takes 0.5 % of the rows for "
      + "an =, a third for < and >, and may be wrong by ten times"
  }

  /// What was planned in the place of the statement, in which form, and what was assumed of its parameters; nothing when
  /// it was planned as it is.
  public var premises: [String] {
    let hints = ignoresHints ? "planned without its hints: pg_hint_plan is switched off in this session" : nil
    return [wrapper?.sentence, formSentence, hints, ParameterAssumption.sentence(of: assumptions)]
      .compactMap(\.self)
  }

  /// The same as the end of a sentence, with the query's handle where several are meant.
  public func premisesBehind(of handle: QueryHandle? = nil) -> String {
    premises.map { "; " + (handle.map { "\($0) " } ?? "") + $0 }.joined()
  }

  /// Whether the plan uses an active design, and where; else what beat it, why it cannot serve, or that it is unknown.
  ///
  /// - Parameters:
  ///   - use: what the plan says of it.
  ///   - table: the design's; nil when it is not known.
  public func words(
    of use: DesignUse, _ handle: DesignHandle, on table: RelationName?
  ) -> (isUsed: Bool, how: String) {
    switch use {
    case .used(let titles): (true, titles.joined(separator: "; "))
    case .tableNotRead:
      if let words = undecidedDesigns.first(where: { $0.design == handle })?.words {
        (false, words)
      } else if let table, let baseline, !baseline.scans(of: RelationName(name: table.name), []).isEmpty {
        // Only a hypothetical UNIQUE makes the planner do without a table.
        (false, "not read: a UNIQUE design lets the planner leave out the join with \(table.name)")
      } else {
        (false, "the statement does not read \(table?.name ?? "its table")")
      }
    case .beaten(let title, _):
      if let unjudged = unjudgedDesigns.first(where: { $0.handle == handle }) {
        (false, unjudged.sentence)
      } else {
        (
          false,
          ([(contests[handle] ?? .unknown).words(rival: rivals[handle] ?? title)]
            + oversizedDesigns.filter { $0.design == handle }.map(\.words)
            + undecidedDesigns.filter { $0.design == handle }.compactMap(\.words)).joined(separator: "; ")
        )
      }
    }
  }
}
