import IndexDesign

/// The backslash commands that fingers of psql users know: hypo's own, those that psql runs, and the others.
enum Backslash {
  /// Runs the line, hands it to psql, or refuses it with the reason.
  static func run(_ text: String, in workspace: Workspace, by loop: Loop) throws -> Report {
    var reader = ArgumentReader(text)
    guard let word = reader.word() else { return Report("backslash") }
    let name = PsqlLine.name(of: text)
    switch name {
    case "\\q", "\\quit": return try QuitCommand(&reader).run(in: workspace, by: loop)
    case "\\?": return try HelpCommand(&reader).run(in: workspace, by: loop)
    case "\\i", "\\include": return try RunCommand(&reader).run(in: workspace, by: loop)
    case "\\c", "\\connect": return try ConnectCommand(&reader).run(in: workspace, by: loop)
    case "\\e", "\\edit": return try EditCommand(&reader).run(in: workspace, by: loop)
    case "\\s": return try HistoryCommand(&reader).run(in: workspace, by: loop)
    case "\\g": return try again(&reader, by: loop)
    case "\\watch": return try WatchCommand(last: loop.lastCommand, &reader).run(in: workspace, by: loop)
    case "\\x": return try change("expanded", &reader, in: workspace, by: loop)
    case "\\timing": return try change("timing", &reader, in: workspace, by: loop)
    case _ where PsqlLine.describes(name):
      return try PsqlHandover.run(PsqlLine(text), in: workspace, by: loop)
    default: throw refusal(name, at: .init(text: text, range: word.range))
    }
  }

  /// Sees that a line is one of hypo's own, or one that psql may run.
  ///
  /// - Throws: `Failure` with the reason why it is refused.
  static func check(_ text: String) throws(Failure) {
    let name = PsqlLine.name(of: text)
    if own.contains(name) { return }
    if PsqlLine.describes(name) {
      _ = try PsqlLine(text)
      return
    }
    var reader = ArgumentReader(text)
    throw refusal(name, at: .init(text: text, range: reader.word()?.range ?? 0..<0))
  }

  /// The names that `run` knows as hypo's own, for the nearest one.
  static let own = [
    "\\q", "\\quit", "\\?", "\\i", "\\include", "\\c", "\\connect", "\\e", "\\edit", "\\s", "\\g", "\\watch",
    "\\x", "\\timing",
  ]

  /// Whether `> FILE` behind a name is the file for its result; behind the others it is an argument that psql knows.
  static func mayRedirect(_ name: String) -> Bool { own.contains(name) || PsqlLine.describes(name) }

  /// Whether a line repeats, edits or lists what was typed before, and so is not itself what they mean.
  static func isAboutTheLast(_ text: String) -> Bool {
    var reader = ArgumentReader(text)
    let word = reader.word()?.lowercased ?? ""
    return ["edit", "history", "help", "\\e", "\\edit", "\\s", "\\g", "\\watch", "\\?", "\\x"].contains(word)
  }

  private static func again(_ reader: inout ArgumentReader, by loop: Loop) throws -> Report {
    try reader.expectEnd("\\g")
    guard let command = loop.lastCommand else {
      throw Failure(.script, "there is no command to repeat yet", hint: "the up arrow brings back older ones")
    }
    do throws(Failure) { try WatchCommand.check(command) } catch {
      var failure = error
      failure.place = nil
      throw failure
    }
    // The file that it was written to is there now; this time the result goes where this line says.
    return try loop.report(of: Redirection.split(command).command)
  }

  private static func refusal(_ name: String, at place: Failure.Place) -> Failure {
    if let known = RefusedBackslash.all.first(where: { $0.names.contains(name) }) {
      return Failure(.script, "cannot run \(name): \(known.reason)", hint: known.hint, place: place)
    }
    let near = NearName.closest(
      to: name, among: own + PsqlLine.describing + RefusedBackslash.all.flatMap(\.names))
    return Failure(
      .script, "unknown backslash command \(name)",
      hint: near.map { "did you mean \($0)?" } ?? "help backslash lists them", place: place)
  }

  /// Without a value the setting is turned over, as psql does it.
  private static func change(
    _ name: String, _ reader: inout ArgumentReader, in workspace: Workspace, by loop: Loop
  ) throws -> Report {
    let isOn = Settings.entries.first { $0.name == name }?.get(workspace.settings) == "on"
    let value = reader.isAtEnd ? (isOn ? "off" : "on") : reader.takeRest().text
    var arguments = ArgumentReader("\(name) \(value)")
    return try SetCommand(&arguments).run(in: workspace, by: loop)
  }
}
