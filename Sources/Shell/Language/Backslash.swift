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
    case "\\x": return toggle(\.expanded, "expanded", in: sitting)
    case "\\timing": return toggle(\.timing, "timing", in: sitting)
    default:
      throw Failure(
        .script, "\(word.text) is not one of hypo's backslash commands",
        hint: "hypo has \\q \\? \\i \\x \\timing; psql has the others",
        place: .init(text: text, range: word.range))
    }
  }

  private static func toggle(_ setting: WritableKeyPath<Settings, Bool>, _ name: String, in sitting: Sitting)
    -> Report
  {
    sitting.settings[keyPath: setting].toggle()
    return Report(
      "set",
      [
        .fields(
          .init(
            name: "setting", title: nil,
            values: [.init(name, .identifier(sitting.settings[keyPath: setting] ? "on" : "off"))]))
      ])
  }
}
