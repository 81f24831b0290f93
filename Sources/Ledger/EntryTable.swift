import GRDB
import IndexDesign

/// The table of entries: a chain, to whose end entries are added.
enum EntryTable {
  /// Adds an entry behind the last one.
  static func append(_ entry: LedgerEntry, to db: Database) throws {
    var chain = EntryChain()
    if let last = try Row.fetchOne(db, sql: "SELECT line, sha256 FROM entries ORDER BY line DESC LIMIT 1") {
      guard let hash = SHA256Digest(hexadecimal: Array((last["sha256"] as String).utf8)) else {
        throw EntryProblem(member: "sha256")
      }
      chain = EntryChain(lines: last["line"], lastHash: hash)
    }
    let (record, hash) = chain.record(of: entry)
    let facts = EntryFacts(entry)
    try db.execute(
      sql: "INSERT INTO entries (line, event, change, undid, sha256, record) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        chain.lines + 1, facts.event, facts.change?.number, facts.undid?.number, hash.description,
        String(decoding: record, as: UTF8.self),
      ])
  }

  /// The highest number that a change has; 0 for none.
  static func lastChange(in db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(change) FROM entries") ?? 0
  }
}

/// What SQL has to look at of an entry.
struct EntryFacts: Equatable {
  var event: String
  var change: ChangeNumber?
  var undid: ChangeNumber?

  init(_ entry: LedgerEntry) {
    switch entry {
    case .run: event = "run"
    case .connected: event = "connected"
    case .step: event = "step"
    case .end: event = "end"
    case .intent(let intent): (event, change) = ("intent", intent.change)
    case .seen(let sighting): (event, change) = ("seen", sighting.change)
    case .outcome(let outcome): (event, change, undid) = ("outcome", outcome.change, outcome.undid)
    case .counted(let counters): (event, change) = ("counted", counters.change)
    case .settled(let settled): (event, change, undid) = ("settled", settled.change, settled.undid)
    }
  }
}
