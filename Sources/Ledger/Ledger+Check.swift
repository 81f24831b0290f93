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
    try read("entries", absent: [Finding("chain", .notApplicable, "there is no ledger yet")]) { db in
      var chain = EvidenceCheck()
      var columns: String?
      var origins: Set<String> = []
      let rows = try Row.fetchCursor(
        db, sql: "SELECT line, event, change, undid, sha256, record FROM entries ORDER BY line")
      while let row = try rows.next() {
        let line: Int64 = row["line"]
        chain.take(EntryChain.line(record: Array((row["record"] as String).utf8), hash: row["sha256"]))
        guard chain.fault == nil else { break }
        if let origin = Self.compare(row, at: line, problem: &columns) { origins.insert(origin) }
      }
      return [
        Self.finding(of: chain.finish()), Self.finding(ofColumns: columns),
        try Self.firstFormat(in: db, origins), try Self.unfinished(in: db),
      ]
    }
  }

  /// Holds the columns against the record, and gives the hash of the row of the first format that it names.
  private static func compare(_ row: Row, at line: Int64, problem: inout String?) -> String? {
    guard let record = try? JSONValue(parsing: row["record"]) else { return nil }
    let isEqual =
      record["event"]?.string == row["event"]
      && record["change"]?.integer.map(Int64.init) == row["change"] as Int64?
      && record["undid"]?.integer.map(Int64.init) == row["undid"] as Int64?
    if !isEqual, problem == nil { problem = "the columns of line \(line) say something else than its record" }
    return record["first_format_sha256"]?.string
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

  private static func firstFormat(in db: Database, _ origins: Set<String>) throws -> Finding {
    var rows = 0
    for sql in ["SELECT intent FROM changes", "SELECT outcome FROM outcomes"] {
      for text in try String.fetchAll(db, sql: sql) {
        rows += 1
        guard origins.contains(FirstFormat.digest(of: text).description) else {
          return Finding(
            "first format", .stop, "a row of the first format is not the one that was taken over",
            fix: "keep the file as it is; the entries made of those rows are as they were written")
        }
      }
    }
    return rows == 0
      ? Finding("first format", .notApplicable, "the ledger began in the present one")
      : Finding("first format", .ok, "as it was taken over: \(NumberText.counted(Int64(rows), "row"))")
  }

  private static func unfinished(in db: Database) throws -> Finding {
    let numbers = try Int64.fetchAll(
      db,
      sql: """
        SELECT change FROM entries i WHERE event = 'intent' AND NOT EXISTS
          (SELECT 1 FROM entries o WHERE o.change = i.change AND o.event = 'outcome') ORDER BY change
        """)
    guard !numbers.isEmpty else { return Finding("unfinished changes", .ok, "every change has its outcome") }
    return Finding(
      "unfinished changes", .warning,
      "without an outcome: " + numbers.map { ChangeNumber($0).description }.joined(separator: ", "),
      fix: "look at the server: they still run, or were cut off",
      command: "verify \(ChangeNumber(numbers[0]))")
  }
}
