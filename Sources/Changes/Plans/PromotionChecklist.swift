internal import IndexDesign
internal import Server

/// What a person should know before an index is built, and what forbids it.
struct PromotionChecklist: Equatable, Sendable {
  /// The lines, refusals first, then facts, then what a person has to look at.
  var findings: [Finding]
  /// Why the build is refused, in the order of the lines; empty when it may run.
  var refusals: [ChangeFailure]

  /// Judges what was found on the server.
  init(_ facts: PromotionFacts) {
    findings = []
    refusals = []
    judge("transaction", facts.transactionRefusal, else: "none is open in this session")
    judge("server", facts.roleRefusal, else: facts.role)
    judge("relation", facts.kindRefusal, else: "\(facts.table.qualifiedName) is a \(facts.table.kind.words)")
    judge("privileges", facts.privilegeRefusal, else: "role \"\(facts.user)\" may build it")
    judge("index name", facts.nameRefusal, else: facts.nameFinding)
    findings += [
      facts.equalIndexFinding, facts.uniqueFinding, facts.tableFinding, facts.sizeFinding,
      facts.replicasFinding, facts.transactionsFinding, facts.windowFinding, facts.storageFinding,
    ].compactMap(\.self)
  }

  private mutating func judge(_ name: String, _ refusal: ChangeFailure?, else fact: String) {
    guard let refusal else { return findings.append(Finding(name, .ok, fact)) }
    refusals.append(refusal)
    findings.append(Finding(name, .stop, refusal.detail ?? refusal.message, fix: refusal.hint))
  }
}
