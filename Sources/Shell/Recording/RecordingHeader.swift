import IndexDesign
import Notebook
import Server

/// The headers of a notebook that is recorded.
enum RecordingHeader {
  /// The lines: the format, the day, what to connect to where libpq's defaults do not lead there, and what the server
  /// is; no word of the server where no header can lead there.
  static func lines(_ workspace: Workspace) -> [String] {
    var lines = ["#: hypo 1", "#: title Recorded on \(workspace.now().description.prefix(10))"]
    guard let session = workspace.session else { return lines }
    let place = workspace.place
    // What is required is asked before the first step, which leads there then.
    if let place, !place.isReached { return lines }
    if let header = place?.header { lines.append("#: connect \(header)") }
    let facts = session.facts
    var requirements = ["postgresql>=\(facts.versionNumber / 10_000)"]
    // They are asked of the database that the target leads to, and extensions are there one by one.
    if place?.isHome != false {
      if facts.hypopg != nil { requirements.append("hypopg") }
      if facts.statStatements != nil { requirements.append("pg_stat_statements") }
    }
    lines.append("#: requires " + requirements.joined(separator: " "))
    if session.leavesOptionsOut, place?.target == nil {
      lines += ["", "# (settings of the connection's options that may be secrets were left out)"]
    }
    return lines
  }
}
