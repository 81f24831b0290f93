/// Text as a string constant of SQL.
public enum Literal {
  /// `text` in single quotes; as `E'…'` when a backslash is in it.
  ///
  /// Read back the same with `standard_conforming_strings` on and off.
  /// Source: PostgreSQL manual, "String Constants".
  public static func quoted(_ text: String) -> String {
    var body = String.UnicodeScalarView()
    var holdsBackslash = false
    for scalar in text.unicodeScalars {
      if scalar == "\\" { holdsBackslash = true }
      if scalar == "'" || scalar == "\\" { body.append(scalar) }
      body.append(scalar)
    }
    return (holdsBackslash ? "E'" : "'") + String(body) + "'"
  }

  /// The value of an array of texts, as a parameter takes it.
  ///
  /// Source: PostgreSQL manual, "Array Input and Output Syntax".
  public static func array(of texts: [String]) -> String {
    let elements = texts.map { text in
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    return "{" + elements.joined(separator: ",") + "}"
  }
}
