internal import IndexDesign

/// How far a change on the server is, about once a second.
public struct BuildProgress: Equatable, Sendable {
  /// What it does just now, in words.
  public var phase: String
  /// Which part of the work this is, from 1; nil when the server does not tell.
  public var step: Int?
  /// How much of this part is done, from 0 to 1; nil when the server does not count it.
  public var fraction: Double?
  /// Whom it waits for; empty when it works.
  public var waitsFor: [BlockingTransaction]
  /// The time since the statement was sent.
  public var elapsed: Duration

  /// How many parts the work of a concurrent build has.
  public static let steps = 8

  init(
    _ phase: String, step: Int? = nil, fraction: Double? = nil, waitsFor: [BlockingTransaction] = [],
    elapsed: Duration
  ) {
    self.phase = phase
    self.step = step
    self.fraction = fraction
    self.waitsFor = waitsFor
    self.elapsed = elapsed
  }

  /// Words one row of `pg_stat_progress_create_index`.
  ///
  /// Source: PostgreSQL manual, "CREATE INDEX Progress Reporting".
  init(row: ProgressRow, waitsFor: [BlockingTransaction], elapsed: Duration) {
    let (words, step) = Self.words(row.phase)
    let counted =
      row.phase.hasPrefix("waiting") ? row.lockers : row.tuples.total > 0 ? row.tuples : row.blocks
    self.init(
      words, step: step, fraction: counted.fraction, waitsFor: waitsFor, elapsed: elapsed)
  }

  private static func words(_ phase: String) -> (String, Int?) {
    if let entry = phases.first(where: { phase == $0.key || phase.hasPrefix($0.key + ":") }) {
      return (entry.words, entry.step)
    }
    return (phase, nil)
  }

  /// The longer name first where one begins with the other.
  private static let phases: [(key: String, words: String, step: Int)] = [
    ("initializing", "preparing", 1),
    ("waiting for writers before build", "waiting for transactions that write to the table", 2),
    ("building index: scanning table", "building: reading the table", 3),
    ("building index: sorting live tuples", "building: sorting", 3),
    ("building index: loading tuples in tree", "building: writing the index", 3),
    ("building index", "building the index", 3),
    ("waiting for writers before validation", "waiting for transactions that write to the table", 4),
    ("index validation: scanning index", "validating: reading the index", 5),
    ("index validation: sorting tuples", "validating: sorting", 6),
    ("index validation: scanning table", "validating: reading the table", 7),
    ("waiting for old snapshots", "waiting for transactions with an old snapshot", 8),
  ]
}

/// One row of `pg_stat_progress_create_index`.
struct ProgressRow: Equatable {
  /// Something that is counted; a total of 0 is unknown.
  struct Count: Equatable {
    var done: Int64
    var total: Int64

    var fraction: Double? { total > 0 ? min(1, Double(done) / Double(total)) : nil }
  }

  var phase: String
  var indexObjectID: UInt32?
  var lockerPID: Int32?
  var lockers: Count
  var blocks: Count
  var tuples: Count

  /// PostgreSQL 12 or later; `$1` is the backend.
  static let query = """
    SELECT phase, nullif(index_relid::bigint, 0), nullif(current_locker_pid, 0), lockers_done, lockers_total, \
    blocks_done, blocks_total, tuples_done, tuples_total FROM pg_stat_progress_create_index WHERE pid = $1
    """

  init?(rows: [[String?]]) {
    guard let row = rows.first, let phase = row[0] else { return nil }
    func count(_ column: Int) -> Count {
      Count(
        done: row[column].flatMap { Int64($0) } ?? 0, total: row[column + 1].flatMap { Int64($0) } ?? 0)
    }
    self.phase = phase
    indexObjectID = row[1].flatMap { UInt32($0) }
    lockerPID = row[2].flatMap { Int32($0) }
    lockers = count(3)
    blocks = count(5)
    tuples = count(7)
  }
}

extension BuildProgress {
  /// What a progress line says: the step first and the blocker last, for a narrow terminal cuts the end.
  public var line: String {
    let text = (step.map { "step \($0) of \(Self.steps), " } ?? "") + phase
    guard let blocker = waitsFor.first else { return text }
    let others = waitsFor.count > 1 ? " and \(waitsFor.count - 1) more" : ""
    let age = blocker.ageInSeconds.map { ", for " + NumberText.elapsed(.seconds($0)) } ?? ""
    return text + ", waits for " + blocker.who + age + others
  }
}
