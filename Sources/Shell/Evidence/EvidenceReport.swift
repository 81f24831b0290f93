import IndexDesign
import Ledger
import Reports

extension EvidenceFinding {
  /// What a person and a script are shown of the check of a file.
  func report(on path: String) -> Report {
    var fields = [
      Report.Field("file", .text(path)),
      Report.Field("chain", .outcome(fault == nil ? .ok : .stop)),
      Report.Field("lines", .integer(Int64(lines))), Report.Field("runs", .integer(Int64(runs))),
      Report.Field("first", first.map { .timestamp($0.description) } ?? .missing),
      Report.Field("last", last.map { .timestamp($0.description) } ?? .missing),
      Report.Field("last hash", lines > 0 ? .text(lastHash.description) : .missing),
    ]
    if let fault { fields.append(Report.Field("touched line", .integer(Int64(fault.line)))) }
    var report = Report(
      "evidence check", [.fields(Report.Fields(name: "evidence", title: nil, values: fields))])
    if let fault {
      report.note(.bad, "line \(fault.line): \(fault.message)")
    } else if !isEnded {
      report.note(
        .warning,
        "the last run has no end: it still goes on, was stopped, or lines are missing at the end")
    }
    return report
  }

  /// The failure of a file that was touched, and where it was; nil for one that is whole.
  func failure(in path: String) -> (failure: Failure, origin: Failure.Origin)? {
    fault.map { fault in
      (
        Failure(.script, fault.message, detail: fault.detail, hint: fault.hint),
        Failure.Origin(file: path, line: fault.line)
      )
    }
  }
}
