import IndexDesign

/// The backslash commands that fingers of psql users know.
enum Backslash {
  /// Runs `\q`, `\?`, `\x`, `\timing`, `\i FILE`; the others are refused with the reason.
  static func run(_ text: String, in sitting: Sitting) throws -> Report {
    var reader = ArgumentReader(text)
    guard let word = reader.word() else { return Report("backslash") }
    switch word.text {
    case "\\q": return try QuitCommand(&reader).run(in: sitting)
    case "\\?", "\\h", "\\help": return try HelpCommand(&reader).run(in: sitting)
    case "\\i": return try RunCommand(&reader).run(in: sitting)
    case "\\x": return try change("expanded", &reader, in: sitting)
    case "\\timing": return try change("timing", &reader, in: sitting)
    default:
      throw Failure(
        .script, "\(word.text) is not one of hypo's backslash commands",
        hint: "hypo has \\q \\? \\i \\x \\timing; psql has the others",
        place: .init(text: text, range: word.range))
    }
  }

  /// Without a value the setting is turned over, as psql does it.
  private static func change(_ name: String, _ reader: inout ArgumentReader, in sitting: Sitting) throws
    -> Report
  {
    let isOn = Settings.entries.first { $0.name == name }?.get(sitting.settings) == "on"
    let value = reader.isAtEnd ? (isOn ? "off" : "on") : reader.takeRest().text
    var arguments = ArgumentReader("\(name) \(value)")
    return try SetCommand(&arguments).run(in: sitting)
  }
}
