/// Whoever can say what a statement would cost under a set of designs.
///
/// The advisor asks; a server's planner answers, and in tests a table of numbers. A question is dear, so they
/// are asked in batches: as many at a time as do not depend on each other's answers.
public protocol CostModel {
  /// Why no question of a batch could be answered.
  associatedtype Failure: Error

  /// The answers to requests, in their order.
  ///
  /// A statement that cannot be planned is an answer, and spoils no other.
  /// - Throws: a failure of the whole batch, such as a server that cannot be reached or a person who stops it.
  func answers(to requests: [CostRequest]) throws(Failure) -> [CostAnswer]
}

/// What one request got: the costs of its plan, or why there is none.
public typealias CostAnswer = Result<StatementCost, PlanningFailure>

/// A statement as it is given to the planner.
public struct PlannedStatement: Sendable, Hashable {
  /// One statement, without `;`; it may have parameters.
  public var text: String
  /// The highest number of a `$n` in it; 0 for a statement without parameters. With some it is planned for any
  /// values, as a prepared statement is.
  public var parameterCount: Int

  /// A statement of its facts.
  public init(_ text: String, parameterCount: Int = 0) {
    self.text = text
    self.parameterCount = parameterCount
  }
}

/// The question what a statement would cost if some indexes were there.
public struct CostRequest: Sendable, Hashable {
  /// The statement.
  public var statement: PlannedStatement
  /// The designs that the planner is offered, beside the real indexes; empty for things as they are.
  ///
  /// They are made in this order, by which a planner may choose between equals: who compares sets gives their
  /// designs in one and the same order.
  public var designs: [IndexDefinition]
  /// Whether the answer shall hold the whole plan, which takes longer.
  public var wantsPlan: Bool

  /// A question of its parts.
  public init(_ statement: PlannedStatement, under designs: [IndexDefinition] = [], wantsPlan: Bool = false) {
    self.statement = statement
    self.designs = designs
    self.wantsPlan = wantsPlan
  }
}

/// What the planner says of a statement under a set of designs.
public struct StatementCost: Sendable, Equatable {
  /// The estimated cost before the first row.
  public var startupCost: PlannerCost
  /// The estimated cost of all rows: the number by which plans are compared.
  public var totalCost: PlannerCost
  /// The designs that the plan reads, by their places in the request, ascending.
  public var usedDesigns: [Int]
  /// The designs that the planner could not really be offered for this statement, or that it does not recognise in any
  /// words, by their places in the request, ascending: that they are not used says nothing of the real index.
  public var unofferedDesigns: [Int]
  /// The names of the real indexes that the plan reads, each once, in the order of EXPLAIN's output.
  public var usedIndexes: [String]
  /// The plan as the server sent it; nil unless it was asked for. The design at place 0 is `%1` in it, the next
  /// `%2` and so on.
  public var document: PlanDocument?

  /// An answer of its parts.
  public init(
    startupCost: PlannerCost = .zero, totalCost: PlannerCost, usedDesigns: [Int] = [],
    unofferedDesigns: [Int] = [], usedIndexes: [String] = [], document: PlanDocument? = nil
  ) {
    self.startupCost = startupCost
    self.totalCost = totalCost
    self.usedDesigns = usedDesigns
    self.unofferedDesigns = unofferedDesigns
    self.usedIndexes = usedIndexes
    self.document = document
  }
}

/// Why a statement has no plan under a set of designs.
public struct PlanningFailure: Error, Sendable, Equatable {
  /// What failed and why, without a final full stop.
  public var message: String
  /// The five-character SQLSTATE; nil when the failure is not the server's.
  public var sqlState: String?
  /// More about the reason.
  public var detail: String?
  /// What to do next.
  public var hint: String?
  /// Where in the statement's text, in UTF-8 code units; nil when no place is known.
  public var position: Range<Int>?
  /// The place in the request of the design that is the reason; nil when it is the statement itself.
  public var design: Int?

  /// A failure of its facts.
  public init(
    _ message: String, sqlState: String? = nil, detail: String? = nil, hint: String? = nil,
    position: Range<Int>? = nil, design: Int? = nil
  ) {
    self.message = message
    self.sqlState = sqlState
    self.detail = detail
    self.hint = hint
    self.position = position
    self.design = design
  }
}

extension PlannedStatement {
  /// The statement of a question to a session; its options of `EXPLAIN` change no cost.
  public init(_ question: PlanQuestion) {
    self.init(question.statement, parameterCount: StatementParameters(question.statement).numbers.last ?? 0)
  }
}
