import GRDB
public import IndexDesign

extension Ledger {
  /// Checks that every entry is as it was written, that none is missing before the last one, and that what SQL
  /// looks at is what the entries say.
  ///
  /// What is missing at the end no chain can tell; who has noted the last hash elsewhere can.
  ///
  /// - Returns: what was found: "chain", "columns", "first format", "unfinished changes".
  /// - Throws: `LedgerError` when the ledger cannot be read.
  public func verify() throws(LedgerError) -> [Finding] {
    try read("entries", absent: [Finding("chain", .notApplicable, "there is no ledger yet")], Self.findings)
  }

  /// One change, when the whole ledger is as it was written; nil when there is none of that number.
  ///
  /// Who undoes a change or asks the server about it by what is recorded takes it from here.
  /// - Throws: `LedgerError` with code `.notProven` and the first line that was touched.
  public func provenChange(_ number: ChangeNumber) throws(LedgerError) -> ChangeRecord? {
    try read("\(number)", absent: nil) { db in
      if let problem = try Self.findings(in: db).first(where: { $0.outcome == .stop }) {
        throw LedgerError(
          .notProven, "cannot trust what the ledger says of \(number): \(problem.fact)",
          detail: problem.reason,
          hint: "keep \"\(self.path)\" as it is and compare it with a copy; "
            + "look at the index, and drop it with psql if it has to go")
      }
      return try ChangeRow.fetch(db, where: "i.change = ?", [number.number]).first
    }
  }

  private static func findings(in db: Database) throws -> [Finding] {
    var chain = EvidenceCheck()
    var columns: String?
    var takenOver = TakenOver()
    let rows = try Row.fetchCursor(
      db, sql: "SELECT line, event, change, undid, sha256, record FROM entries ORDER BY line")
    while let row = try rows.next() {
      let line: Int64 = row["line"]
      chain.take(EntryChain.line(record: Array((row["record"] as String).utf8), hash: row["sha256"]))
      guard chain.fault == nil else { break }
      if let record = compare(row, at: line, problem: &columns) { takenOver.take(record) }
    }
    return [
      finding(of: chain.finish()), finding(ofColumns: columns),
      try takenOver.finding(in: db), try unfinished(in: db),
    ]
  }

  /// Holds the columns against the record, and gives that.
  private static func compare(_ row: Row, at line: Int64, problem: inout String?) -> JSONValue? {
    guard let record = try? JSONValue(parsing: row["record"]) else { return nil }
    let isEqual =
      record["event"]?.string == row["event"]
      && record["change"]?.integer.map(Int64.init) == row["change"] as Int64?
      && record["undid"]?.integer.map(Int64.init) == row["undid"] as Int64?
    if !isEqual, problem == nil { problem = "the columns of line \(line) say something else than its record" }
    return record
  }

  private static func finding(of found: EvidenceFinding) -> Finding {
    guard let fault = found.fault else {
      return Finding(
        "chain", .ok,
        "\(NumberText.counted(Int64(found.lines), "entry", plural: "entries")), the last hash is \(found.lastHash)"
      )
    }
    if fault.kind == .empty { return Finding("chain", .ok, "there is no entry yet") }
    return Finding(
      "chain", .stop, "line \(fault.line): \(fault.message)", reason: fault.detail, fix: fault.hint)
  }

  private static func finding(ofColumns problem: String?) -> Finding {
    problem.map {
      Finding("columns", .stop, $0, fix: "keep the file as it is; what \"changes\" shows of it is not proven")
    } ?? Finding("columns", .ok, "they say what the records say")
  }

  private static func unfinished(in db: Database) throws -> Finding {
    let numbers = try Int64.fetchAll(
      db,
      sql: """
        SELECT change FROM entries i WHERE event = 'intent' AND NOT EXISTS
          (SELECT 1 FROM entries o WHERE o.change = i.change AND o.event IN ('outcome', 'settled')
            OR o.undid = i.change) ORDER BY change
        """)
    guard !numbers.isEmpty else { return Finding("unfinished changes", .ok, "every change has its outcome") }
    return Finding(
      "unfinished changes", .warning,
      "without an outcome: " + numbers.map { ChangeNumber($0).description }.joined(separator: ", "),
      fix: "they still run, or were cut off: changes settle N looks at the server",
      command: "changes settle \(numbers[0])")
  }
}

/// What the chain says was taken over from the first format, for the comparison with the rows that stayed.
private struct TakenOver {
  private var traces: Set<FirstTrace> = []
  private var changes: Set<ChangeNumber> = []

  /// Looks at the next record of the chain.
  mutating func take(_ record: JSONValue) {
    guard let trace = FirstTrace(record, changesOfBefore: changes) else { return }
    traces.insert(trace)
    changes.insert(trace.change)
  }

  func finding(in db: Database) throws -> Finding {
    let rows = try FirstFormat.rows(in: db).map(\.trace)
    if rows.isEmpty, traces.isEmpty {
      return Finding("first format", .notApplicable, "the ledger began in the present one")
    }
    let missing = traces.subtracting(rows).count
    let problem: String? =
      if rows.contains(where: { !traces.contains($0) }) {
        "a row of the first format is not the one that was taken over"
      } else if missing > 0 {
        "\(NumberText.counted(Int64(missing), "row")) of the first format that \(missing == 1 ? "was" : "were") "
          + "taken over \(missing == 1 ? "is" : "are") missing"
      } else { nil }
    guard let problem else {
      return Finding(
        "first format", .ok, "as it was taken over: \(NumberText.counted(Int64(rows.count), "row"))")
    }
    return Finding(
      "first format", .stop, problem,
      fix: "keep the file as it is; the entries made of those rows are as they were written")
  }
}
