public import Server

/// What a person should know before an index is built, and what forbids it.
public struct PromotionChecklist: Equatable, Sendable {
  /// One line of the list.
  public struct Item: Equatable, Sendable {
    /// How it stands.
    public enum Outcome: String, Sendable {
      /// Nothing stands against the build.
      case ok
      /// The build can go on, but somebody should look.
      case warning
      /// The build is refused.
      case failed
      /// The server cannot tell; a person has to look.
      case checkYourself = "check yourself"
    }

    /// What was looked at, in a few words.
    public var name: String
    /// How it stands.
    public var outcome: Outcome
    /// What was found.
    public var finding: String
    /// What to do; nil when nothing is to be done.
    public var fix: String?

    /// Makes a line of the list.
    public init(_ name: String, _ outcome: Outcome, _ finding: String, fix: String? = nil) {
      self.name = name
      self.outcome = outcome
      self.finding = finding
      self.fix = fix
    }
  }

  /// The lines, refusals first, then facts, then what a person has to look at.
  public var items: [Item]
  /// Why the build is refused, in the order of the lines; empty when it may run.
  public var refusals: [ServerError]

  /// Judges what was found on the server.
  public init(_ facts: PromotionFacts) {
    items = []
    refusals = []
    judge("transaction", facts.transactionRefusal, else: "none is open in this session")
    judge("server", facts.roleRefusal, else: facts.role)
    judge("relation", facts.kindRefusal, else: "\(facts.table.qualifiedName) is a \(facts.table.kind.words)")
    judge("privileges", facts.privilegeRefusal, else: "role \"\(facts.user)\" may build it")
    judge("index name", facts.nameRefusal, else: facts.nameFinding)
    items += [
      facts.equalIndexItem, facts.tableItem, facts.sizeItem, facts.replicasItem, facts.transactionsItem,
      facts.windowItem, facts.storageItem,
    ]
  }

  private mutating func judge(_ name: String, _ refusal: ServerError?, else finding: String) {
    guard let refusal else { return items.append(Item(name, .ok, finding)) }
    refusals.append(refusal)
    items.append(Item(name, .failed, refusal.detail ?? refusal.message, fix: refusal.hint))
  }
}
