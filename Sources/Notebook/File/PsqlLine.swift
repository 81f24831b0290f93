public import Reports

/// A backslash line that psql may run: one describing command and its plain arguments.
///
/// psql runs programs from backslash lines: what stands between backticks, and what a second command on the
/// line may name. So only quotes and words pass. Source: psql's manual page, "Meta-Commands".
public struct PsqlLine: Equatable {
  /// The line as it goes to psql.
  public let text: String

  /// The names besides those that begin with `\d`.
  public static let describing = [
    "\\d", "\\l", "\\list", "\\z", "\\sf", "\\sv", "\\h", "\\help", "\\conninfo", "\\lo_list", "\\copyright",
  ]

  /// Whether psql only shows something for this name.
  public static func describes(_ name: String) -> Bool {
    let plain = name.hasSuffix("+") ? String(name.dropLast()) : name
    if describing.contains(plain) { return true }
    return name.hasPrefix("\\d") && name.dropFirst(2).allSatisfy { $0.isASCII && $0.isLetter || $0 == "+" }
  }

  /// Whether operators are described, so that `>` can be one.
  public static func namesOperators(_ name: String) -> Bool { name == "\\do" || name == "\\do+" }

  /// The name as psql reads it: up to a blank, or to the next backslash.
  public static func name(of text: String) -> String {
    let line = text.drop(while: \.isWhitespace)
    return "\\" + line.dropFirst().prefix { !$0.isWhitespace && $0 != "\\" && $0 != ";" }
  }

  /// Takes a line.
  ///
  /// - Throws: `Failure` at a backtick, a second command, a pipe or a quote that stays open.
  public init(_ text: String) throws(Failure) {
    let start = text.utf8.count - text.drop(while: \.isWhitespace).utf8.count
    let bytes = Array(text.utf8)
    var open: (quote: UInt8, at: Int)?
    var index = start + 1
    while index < bytes.count {
      let byte = bytes[index]
      if let quote = open?.quote {
        // Inside single quotes a backslash takes the meaning from what follows.
        if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "'") { index += 1 }
        if byte == quote { open = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        open = (byte, index)
      } else if let problem = Self.problem(byte, afterBlank: Self.isBlank(bytes[index - 1])) {
        throw Failure(
          .script, problem.message, hint: problem.hint, place: .init(text: text, range: index..<index + 1))
      }
      index += 1
    }
    if let open {
      throw Failure(
        .script, "the quote is not closed", hint: "psql reads names as SQL does: \"Order Lines\"",
        place: .init(text: text, range: open.at..<open.at + 1))
    }
    self.text = String(text.drop(while: \.isWhitespace))
  }

  private static func problem(_ byte: UInt8, afterBlank: Bool) -> (message: String, hint: String)? {
    switch byte {
    case UInt8(ascii: "`"):
      ("psql would run what is between backticks", "put a name with a backtick into double quotes")
    case UInt8(ascii: "\\"):
      (
        "a second backslash command is not allowed on one line",
        "give one command a line; in double quotes a backslash is part of the name"
      )
    case UInt8(ascii: "|") where afterBlank:
      ("a result cannot be piped into a program", "put > FILE after the command")
    default: nil
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
