import Foundation
import IndexDesign
import Notebook
import Programs
import Reports
import Sandbox
import Server
import Storage
import Terminal

/// Lets the real psql run a describing command, as this session sees the server.
enum PsqlHandover {
  /// Runs the line in psql, which writes to the screen itself, or has what it says written to the command's file.
  ///
  /// - Throws: `Failure` when there is no psql or no connection, and with psql's own words when it failed.
  static func run(_ line: PsqlLine, in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    let form = loop.output.fileForm
    let isHeld = form == nil && loop.output.wantsWholeResults
    if let form, form != .txt {
      throw Failure(
        .script, "psql describes in words, and a .\(form.rawValue) file has no place for them",
        hint: "this result has the form .txt")
    }
    let psql: VersionedProgram
    do { psql = try find(for: session, workspace.environment) } catch { throw missing(error) }
    var reading = try session.readingProgram(over: workspace.environment)
    let secrets = try reading.passwordFile.map { text in
      let folder = try ScratchFolder(for: "psql", environment: workspace.environment)
      reading.environment["PGPASSFILE"] = try folder.write(text, to: "pass")
      return folder
    }
    defer { withExtendedLifetime(secrets) {} }
    // psql's pager wants the keyboard, too.
    let mayPage = loop.console.width != nil && !loop.isRepeating
    workspace.access.activity = "psql"
    let program = Program(
      psql.path, arguments(line, beginning: reading.beginning, workspace.settings),
      environment: withPager(reading.environment, workspace.settings.pager))
    let output = try loop.lendTerminal {
      form == nil && !isHeld
        ? try program.runOnTerminalKeepingErrors(input: mayPage ? nil : "") : try program.output()
    }
    if let warning = session.facts.warning(ofPsql: psql.majorVersion) {
      loop.console.complain([StyledText("warning: \(warning)")])
    }
    guard output.status.isSuccess else { throw failure(output, line, session) }
    let words = output.standardError.split(separator: "\n").map { StyledText(String($0)) }
    loop.console.complain(words)
    if isHeld {
      return Report(
        "psql", [.lines(name: "psql", text: output.standardOutput.trimmingCharacters(in: .newlines))])
    }
    try loop.output.write(verbatim: output.standardOutput)
    return Report("psql")
  }

  /// The psql of PATH, unless it is older than the server and another one is newer.
  static func find(
    for session: Session, _ environment: [String: String]
  ) throws(ProgramError) -> VersionedProgram {
    try .find(
      "psql", atLeast: session.facts.majorVersion,
      in: Executables.searchPath + ServerBinaries.folders(besidePathIn: environment))
  }

  /// What doctor says of it; nil when nothing is to be said.
  static func finding(for session: Session, _ environment: [String: String]) -> Finding? {
    let psql = try? find(for: session, environment)
    return session.facts.finding(ofPsql: psql != nil, psql?.majorVersion)
  }

  static func missing(_ error: ProgramError) -> Failure {
    Failure(
      .ownFailure, error.message, detail: error.detail,
      hint: "install it: apt-get install postgresql-client; describing commands are psql's")
  }

  /// No start-up file, no question for a password, an end at the first error. What comes before the line is
  /// not shown.
  static func arguments(_ line: PsqlLine, beginning: String, _ settings: Settings) -> [String] {
    let pager = settings.pager == "off" ? ["--pset=pager=off"] : []
    return [
      "--no-psqlrc", "--no-password", "--set=ON_ERROR_STOP=1",
      "--pset=expanded=\(settings.expanded.rawValue)",
    ] + pager + [
      "--command=\\o /dev/null", "--command=\(beginning)", "--command=\\o", "--command=\(line.text)",
    ]
  }

  /// The pager that was set, the person's, and else one that leaves what fits on the screen.
  private static func withPager(_ environment: [String: String], _ setting: String) -> [String: String] {
    var environment = environment
    if !["on", "off"].contains(setting) { environment["PSQL_PAGER"] = setting }
    let chosen = environment["PSQL_PAGER"] ?? environment["PAGER"] ?? ""
    if chosen.isEmpty { environment["PSQL_PAGER"] = "less -SRFX" }
    return environment
  }

  private static func failure(_ output: ProgramOutput, _ line: PsqlLine, _ session: Session) -> Failure {
    if case .signaled(let number) = output.status {
      return Failure(number == 2 ? .cancelled : .script, "psql was ended by signal \(number)")
    }
    var failure = Failure(ServerError(psqlSaid: output.standardError))
    failure.hint = nearName(line, session)
    return failure
  }

  /// The nearest relation, when the only argument is the name of one that is not there.
  private static func nearName(_ line: PsqlLine, _ session: Session) -> String? {
    var reader = ArgumentReader(line.text)
    guard reader.word()?.text.drop(while: { $0 == "+" }).hasPrefix("\\d") == true, let word = reader.word(),
      reader.isAtEnd, let name = try? RelationName.parse(word.text)
    else { return nil }
    return Advice.nearest(to: name, session)
  }
}
