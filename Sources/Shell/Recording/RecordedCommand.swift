import Notebook

/// How a command stands in a notebook.
enum RecordedCommand {
  /// The lines of a command, such that a notebook reads it as this one; nil when that cannot be.
  static func lines(_ text: String) -> [String]? {
    let command = text.drop(while: \.isWhitespace)
    let lines = command.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // Where nothing is open at a line's end, the next line goes on only when it is indented.
    let indented = lines.enumerated().map { $0 == 0 || $1.first?.isWhitespace == true ? $1 : "  " + $1 }
    let joined = [lines.joined(separator: " ")]
    for candidate in [lines, indented, joined] where isOneStep(candidate) { return candidate }
    return nil
  }

  /// A command whose file is replaced when it is there: in a replay it is.
  static func replacingFile(_ text: String) -> String {
    guard let file = try? Redirection.split(text).1, !file.overwrites else { return text }
    var bytes = Array(text.utf8)
    guard let sign = bytes[..<file.range.lowerBound].lastIndex(of: UInt8(ascii: ">")) else { return text }
    bytes.insert(UInt8(ascii: "!"), at: sign + 1)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isOneStep(_ lines: [String]) -> Bool {
    guard let notebook = try? Notebook(parsing: lines.joined(separator: "\n")) else { return false }
    return notebook.parts.count == 1 && notebook.steps.count == 1
  }
}
