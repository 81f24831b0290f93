/// A whole command that can be typed, and what it gives where an example's orders are.
struct CommandExample: Sendable {
  /// What comes of it.
  enum Gives: Sendable, Equatable {
    /// A report whose parts have these names, in order, with a text somewhere in it. Sentences have no name.
    case parts([String], showing: String = "")
    /// What no test of examples has, and why not.
    case elsewhere(String)
  }

  /// The command as it is typed.
  var line: String
  /// What comes of it.
  var gives: Gives

  init(_ line: String, gives: Gives) { (self.line, self.gives) = (line, gives) }
}
