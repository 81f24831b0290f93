import Foundation
import IndexDesign
import Postgres
import Reports
import TestSupport
import Testing

@testable import Shell

/// The configuration file through the program.
@Suite struct ConfiguredProgramTests {
  private let hypo: HypoProcess

  /// A program that finds a server only by what the configuration says.
  init() throws {
    var hypo = try HypoProcess()
    hypo.environment["XDG_CONFIG_HOME"] = hypo.folder.path
    self.hypo = hypo
  }

  private func configure(_ text: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(hypo.folder.path)/hypo", withIntermediateDirectories: true)
    try hypo.folder.write(text, to: "hypo/config")
  }

  @Test(arguments: [
    ["-c", "help"], ["-f", "-"], ["replay", "nowhere.hypo"], ["sandbox", "status"], ["nosuch"],
  ])
  func `a wrong line ends hypo before anything is done`(arguments: [String]) throws {
    try configure("timing = off\n\n[target live]\nconninfo = live\nprodution = true\n")
    #expect(
      try hypo.run(arguments)
        == .init(
          errors: """
            \(hypo.folder.path)/hypo/config:5: error: unknown name "prodution" in a target
              prodution = …
              ^
            hint: did you mean "production"? hypo --no-rc starts without the configuration

            """, status: 1))
  }

  @Test func `without the file hypo starts all the same`() throws {
    try configure("nonsense")
    #expect(try hypo.run(["--no-rc", "-c", "set format"]) == .init(output: "format  aligned\n"))
  }

  @Test func `a file that cannot be read ends hypo`() throws {
    try FileManager.default.createDirectory(
      atPath: "\(hypo.folder.path)/hypo/config", withIntermediateDirectories: true)
    #expect(
      try hypo.run(commands: "set")
        == .init(
          errors: """
            error: could not read the configuration "\(hypo.folder.path)/hypo/config": it is no file
            hint: hypo --no-rc starts without the configuration

            """, status: 1))
  }

  @Test func `the command line counts over the file, and set over both`() throws {
    try configure("format = json\nexpanded = on\n")
    #expect(try hypo.run(commands: "show expanded").output.contains("\"expanded\":\"on\""))
    #expect(try hypo.run(commands: "set format aligned", "show format").output.hasSuffix("format  aligned\n"))
    #expect(try hypo.run(["--format", "aligned", "-c", "show format"]).output == "format  aligned\n")
  }

  @Test func `a named target is connected to by its name, and status shows it`() throws {
    try configure(
      """
      [target staging]
      conninfo = \(Shop.database().conninfo)
      production = true
      change-window = 00:00-24:00
      promote = refuse
      """)
    let run = try hypo.run(["staging", "-c", "status"])
    #expect(run.status == 0, "\(run)")
    let rows = run.output.split(separator: "\n").prefix(5)
    #expect(
      rows.joined(separator: "\n") == """
        target              staging
        production          yes  PRODUCTION
        change window       00:00-24:00  always open
        changes             refused  promote = refuse
        measure             refused
        """, "\(run.output)")
    let doctor = try hypo.run(["staging", "-c", "doctor"]).output
    #expect(
      doctor.contains("staging: PRODUCTION") && doctor.contains("00:00-24:00: always open"), "\(doctor)")
    #expect(
      try hypo.run(commands: "connect staging;", "select 1 as one;").output.hasSuffix(CommandLineTests.one))
  }

  @Test func `a name that is nearly a target is asked about`() throws {
    try configure("[target staging]\nconninfo = \(Shop.database().conninfo)\n")
    let run = try hypo.run(["stagin", "-c", "status"])
    #expect(run.status == 2)
    #expect(run.errors.hasSuffix("\nhint: did you mean the target \"staging\"?\n"), "\(run.errors)")
  }

  // MARK: Policies

  private func promote(_ policy: String, _ flags: [String] = ["--yes"]) throws -> (
    HypoProcess.Run, TestDatabase
  ) {
    let database = try TestCluster.shared.database(.orders)
    try configure("[target live]\nconninfo = \(database.conninfo)\n\(policy)\n")
    return (
      try hypo.run(flags + ["live", "-c", "hypo add orders(note)", "-c", "promote as note_idx"]), database
    )
  }

  private func indexes(_ database: TestDatabase) throws -> Int {
    try database.connect().query("SELECT 1 FROM pg_indexes WHERE indexname = 'note_idx'").rows.count
  }

  @Test func `a policy that refuses changes is not overridden by --yes`() throws {
    let (run, database) = try promote("promote = refuse")
    #expect(run.status == 6)
    #expect(
      run.errors == """
        error: the policy of "live" refuses changes
        hint: promote = allow in its section of the configuration would allow them

        """)
    #expect(!run.output.contains("off-peak window"), "what is refused is not prepared: \(run.output)")
    #expect(try indexes(database) == 0)
    #expect(try hypo.run(commands: "changes").output == "nothing was changed through hypo yet\n")
  }

  /// The name of a day that is neither today nor next to it, wherever the day is just beginning.
  private var distantDay: String {
    let days = Int(Date().timeIntervalSince1970) / 86_400
    return ChangeWindow.dayNames[(days + 3 + 3) % 7]
  }

  @Test func `outside of the change window nothing is built, and a rollback is`() throws {
    let (built, database) = try promote("change-window = 00:00-24:00")
    #expect(built.status == 0, "\(built)")
    try configure(
      "[target live]\nconninfo = \(database.conninfo)\nchange-window = \(distantDay) 12:00-13:00\n")
    let refused = try hypo.run(["--yes", "live", "-c", "hypo add orders(status)", "-c", "promote"])
    #expect(refused.status == 6)
    #expect(
      refused.errors.hasPrefix(
        "error: promote is refused outside of the change window of \"live\": \(distantDay) 12:00-13:00\nhint: it opens \(distantDay) "
      ), "\(refused.errors)")
    let rollback = try hypo.run(["--yes", "live", "-c", "rollback change 1"])
    #expect(rollback.status == 0, "\(rollback)")
    #expect(
      rollback.output.contains(
        "outside of the change window of live (\(distantDay) 12:00-13:00): a rollback is allowed all the same"
      ),
      "\(rollback.output)")
    #expect(try indexes(database) == 0)
  }

  // MARK: On a terminal

  @Test func `production is in the prompt and in the question`() throws {
    let database = try TestCluster.shared.database(.orders)
    try configure("[target live]\nconninfo = \(database.conninfo)\nproduction = true\n")
    let terminal = try hypo.onTerminal(["live"], width: 120, height: 60)
    try terminal.waitForPrompt()
    #expect(
      terminal.screen.rows.first { !$0.isEmpty }?.hasSuffix(", user hypo, target live PRODUCTION") == true,
      "\(terminal.screen.text)")
    let prompt = "hypo PRODUCTION \(database.name)@live"
    try terminal.enter("hypo add orders(note) as note_idx")
    #expect(terminal.screen.text.hasSuffix("\n\(prompt) %1>"), "\(terminal.screen.text)")
    try terminal.enter("promote")
    #expect(
      terminal.screen.text.hasSuffix("\nType note_idx to build this index on PRODUCTION live:"),
      "\(terminal.screen.text)")
    let red = "\u{1B}[0;31mPRODUCTION live"
    #expect(String(decoding: terminal.output, as: UTF8.self).contains(red))
    try terminal.enter("no")
    #expect(
      terminal.screen.text.hasSuffix(
        "error: the answer was not \"note_idx\": nothing was changed\n\(prompt) %1>"),
      "\(terminal.screen.text)")
  }

  @Test func `a narrow terminal keeps the word for production`() throws {
    try configure("[target live]\nconninfo = \(Shop.database().conninfo)\nproduction = true\n")
    let terminal = try hypo.onTerminal(["live"], width: 20)
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.hasSuffix("\nPRODUCTION>"), "\(terminal.screen.text)")
  }

  @Test func `the prompt is a setting`() throws {
    try configure("prompt = '{user}@{database}# '\n")
    let terminal = try hypo.onTerminal([Shop.database().conninfo])
    try terminal.waitForPrompt()
    #expect(
      try terminal.screen.text.hasSuffix("\nhypo@\(Shop.database().name)#"), "\(terminal.screen.text)")
    try terminal.enter("set prompt {database}>")
    #expect(try terminal.screen.text.hasSuffix("\n\(Shop.database().name)>"), "\(terminal.screen.text)")
  }
}
