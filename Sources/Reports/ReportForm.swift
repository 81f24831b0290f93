/// A form that reports are written in. It gives text piece by piece, so that rows need not be held.
///
/// A report is begun, its blocks follow, and it ends; several may follow one another. What is left to say
/// when no more reports come is in `finish`.
public protocol ReportForm {
  /// What stands before a report.
  ///
  /// - Throws: `Failure` when this form has no shape for it.
  mutating func begin(_ report: Report) throws -> String
  /// A block that is there as a whole; rows never come this way.
  mutating func text(of block: Report.Block) -> String
  /// What stands before the rows of a statement, and the first of them, from which widths are found.
  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String
  /// More of the rows.
  mutating func text(of batch: RowBatch) -> String
  /// What stands behind the rows.
  mutating func endRows() -> String
  /// What stands behind a report.
  mutating func end() -> String
  /// What stands behind the last report.
  ///
  /// - Throws: `Failure` when this form has no shape for what came.
  mutating func finish() throws -> String
}

extension ReportForm {
  /// Nothing stands before a report.
  public mutating func begin(_ report: Report) throws -> String { "" }
  /// Nothing stands behind rows.
  public mutating func endRows() -> String { "" }
  /// Nothing stands behind a report.
  public mutating func end() -> String { "" }
  /// Nothing stands behind the last report.
  public mutating func finish() throws -> String { "" }
}

/// Rows of a statement in the server's own words, and their columns.
public struct RowBatch: Sendable {
  /// From left to right.
  public var columns: [Report.ServerColumn]
  /// The values; nil is NULL.
  public var rows: [[String?]]

  /// Rows with their columns.
  public init(columns: [Report.ServerColumn], rows: [[String?]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The rows as cells.
  public var cells: [[Cell]] { rows.map { row in zip(row, columns).map { Cell($0, $1.kind) } } }
}

/// Writes reports in one form, one after the other, to wherever the text goes.
public final class ReportWriter {
  /// Sends a statement and hands on its rows; returns the command tag. See `Session.look`.
  public typealias RowSource = (
    _ sql: String, _ receive: (_ columns: [Report.ServerColumn], _ rows: [[String?]]) throws -> Void
  ) throws -> String

  private var form: any ReportForm
  private let rows: RowSource
  /// Whether some text has been given away.
  public private(set) var hasWritten = false

  /// A writer that has written nothing.
  ///
  /// - Parameter rows: sends the statements of reports whose rows are not held.
  public init(_ form: any ReportForm, rows: @escaping RowSource) {
    self.form = form
    self.rows = rows
  }

  /// Writes a report. Nothing is written when its rows fail before the first batch of them is there.
  ///
  /// - Parameter put: takes the next piece of text; what it throws stops the statement that gives rows.
  public func write(_ report: Report, to put: (String) throws -> Void) throws {
    if report.blocks.isEmpty { return }
    var text = try form.begin(report)
    for block in report.blocks {
      switch block {
      case .rows(let rows): try write(rows, behind: &text, to: put)
      case .answer(let answer): self.text(of: answer, behind: &text)
      default: text += form.text(of: block)
      }
    }
    try give(text + form.end(), put)
  }

  /// Writes text that is in its form already.
  public func write(verbatim text: String, to put: (String) throws -> Void) throws { try give(text, put) }

  /// Writes what stands behind the last report.
  public func finish(to put: (String) throws -> Void) throws { try give(form.finish(), put) }

  private func write(_ rows: Report.Rows, behind text: inout String, to put: (String) throws -> Void) throws {
    var count: Int?
    let tag = try self.rows(rows.sql) { columns, values in
      self.text(of: RowBatch(columns: columns, rows: values), of: rows, count: &count, behind: &text)
      try give(text, put)
      text = ""
    }
    endRows(count, tag, behind: &text)
  }

  private func text(of answer: Report.Answer, behind text: inout String) {
    var count: Int?
    if !answer.columns.isEmpty {
      self.text(
        of: RowBatch(columns: answer.columns, rows: answer.rows), of: .init(name: answer.name, sql: ""),
        count: &count, behind: &text)
    }
    endRows(count, answer.tag, behind: &text)
  }

  private func text(of batch: RowBatch, of rows: Report.Rows, count: inout Int?, behind text: inout String) {
    text += count == nil ? form.begin(rows, batch) : form.text(of: batch)
    count = (count ?? 0) + batch.rows.count
  }

  private func endRows(_ count: Int?, _ tag: String, behind text: inout String) {
    if let count {
      text += form.endRows() + form.text(of: .note(.rowCount(count)))
    } else {
      text += form.text(of: .note(.init(weight: .information, text: tag)))
    }
  }

  private func give(_ text: String, _ put: (String) throws -> Void) throws {
    guard !text.isEmpty else { return }
    hasWritten = true
    try put(text)
  }
}

extension Report.Note {
  /// `(1 row)`, as psql says it.
  static func rowCount(_ count: Int) -> Report.Note {
    Report.Note(weight: .information, text: count == 1 ? "(1 row)" : "(\(count) rows)")
  }
}
