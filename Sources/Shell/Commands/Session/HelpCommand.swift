import IndexDesign
import Notebook
import Reports

/// `help [COMMAND|TOPIC]`
struct HelpCommand: Command {
  static let declaration = CommandDeclaration(
    name: "help", aliases: ["\\?"],
    form: Form("[COMMAND|TOPIC]", ["COMMAND": .text("command", example: "top", source: .commandNames)]),
    summary: "this list, or all about one command or topic",
    details: "help COMMAND shows its arguments, what it does and examples. help lists the topics, too.",
    examples: [
      .init(
        "help",
        gives: .parts(
          ["session", "workload", "index designs", "plans", "change", "notebooks", "topics"],
          showing: "help keys")),
      .init("help hypo add", gives: .parts(["synopsis", "examples"], showing: "TABLE(KEYS)")),
      .init("help notebooks", gives: .parts(["examples"], showing: "hypo-notebook(5)")),
    ], group: .session, effects: [.looks, .steersShell])

  private let topic: Arguments.Word?
  private let text: String

  init(_ arguments: Arguments) {
    topic = arguments.word("COMMAND") ?? arguments.word("TOPIC")
    text = arguments.text
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    guard let topic else { return overview() }
    let name = topic.text.split(separator: " ").map { $0.lowercased() }.joined(separator: " ")
      .trimmingSuffix(";")
    if !name.hasPrefix("\\"), let command = CommandRegistry.find(name) {
      return Self.page(command.declaration)
    }
    let family = CommandRegistry.all.map { $0.declaration }.filter { $0.name.hasPrefix(name + " ") }
    if !family.isEmpty { return list(family, title: name) }
    if let topic = HelpTopic.find(name) { return Self.page(topic) }
    if PsqlLine.describes(name) || name.hasPrefix("\\") && CommandRegistry.find(name) != nil,
      let topic = HelpTopic.find("backslash")
    {
      return Self.page(topic)
    }
    let near = NearName.closest(
      to: name,
      among: CommandRegistry.all.map { $0.declaration.name } + HelpTopic.all.flatMap { [$0.name] + $0.others }
    )
    throw Failure(
      .script, "there is no help on \"\(topic.text)\"",
      hint: near.map { "did you mean \"help \($0)\"?" } ?? "help lists the commands",
      place: .init(text: text, range: topic.range))
  }

  private func overview() -> Report {
    var report = Report("help")
    for group in CommandDeclaration.Group.allCases {
      let commands = CommandRegistry.all.map { $0.declaration }.filter { $0.group == group }
      if !commands.isEmpty { report.blocks += list(commands, title: group.rawValue).blocks }
    }
    report.blocks.append(
      .fields(
        .init(
          name: "topics", title: "Topics",
          values: HelpTopic.all.map { .init("help \($0.name)", .text($0.summary)) })))
    report.note(
      .information,
      "A line that begins with an SQL keyword and ends in ; is sent to the server, to look only.")
    report.note(
      .information, "help COMMAND tells more; a first session: help connect, top 5, explain @1, hypo add.")
    return report
  }

  private func list(_ commands: [CommandDeclaration], title: String) -> Report {
    Report(
      "help",
      [
        .fields(
          .init(
            name: title.lowercased(), title: title,
            values: commands.map { .init($0.synopsis, .text($0.summary)) }))
      ])
  }

  /// All about one topic.
  static func page(_ topic: HelpTopic) -> Report {
    var report = Report("help")
    report.note(.information, topic.summary)
    for paragraph in topic.paragraphs { report.note(.information, paragraph) }
    report.blocks.append(
      .statement(name: "examples", title: "Examples", sql: topic.examples.joined(separator: "\n")))
    return report
  }

  /// All about one command.
  static func page(_ declaration: CommandDeclaration) -> Report {
    Report(
      "help",
      [
        .statement(name: "synopsis", title: declaration.summary, sql: declaration.synopsis),
        .note(.init(weight: .information, text: declaration.details)),
        .statement(
          name: "examples", title: "Examples", sql: declaration.examples.map(\.line).joined(separator: "\n")),
      ])
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
