/// What a pause asks of a person before a notebook goes on.
public enum PauseGate: String, CaseIterable, Sendable {
  /// Enter, when there is nothing to decide.
  case enter
  /// The word yes.
  case yes
  /// The name of somebody or something.
  case name
  /// A number.
  case number

  /// What becomes of an answer.
  public enum Judgement: Equatable, Sendable {
    /// The notebook goes on.
    case passes
    /// The notebook ends here.
    case ends
    /// It answers nothing: the question is asked again.
    case isNone
  }

  /// What a flag may answer in place of a person.
  public var isAnsweredByFlag: Bool { self == .enter || self == .yes }

  /// What can be typed, for the question.
  public var keys: String {
    switch self {
    case .enter: "Enter goes on, no ends it"
    case .yes: "yes goes on, no ends it"
    case .name: "a name goes on, no ends it"
    case .number: "a number goes on, no ends it"
    }
  }

  /// What has to be typed, for the one who typed something else.
  public var wanted: String {
    switch self {
    case .enter: "Enter to go on, or no"
    case .yes: "yes or no"
    case .name: "a name, or no"
    case .number: "a number, or no"
    }
  }

  /// Judges an answer; blanks around it and its case do not matter.
  public func judge(_ answer: String) -> Judgement {
    let answer = answer.lowercased()
    let word = String(answer.drop { !$0.isLetter }.prefix { $0.isLetter })
    if ["no", "n", "quit", "q", "stop"].contains(answer) || word == "no" && self != .name { return .ends }
    switch self {
    case .enter: return answer.isEmpty || Self.isYes(answer) ? .passes : .isNone
    case .yes: return Self.isYes(answer) ? .passes : .isNone
    case .name: return Self.names(answer, beginning: word) ? .passes : .isNone
    case .number: return Double(answer)?.isFinite == true ? .passes : .isNone
    }
  }

  private static func isYes(_ answer: String) -> Bool {
    ["yes", "y"].contains(answer.last == "." || answer.last == "!" ? String(answer.dropLast()) : answer)
  }

  /// Two letters at least, and none of the words by which people say that there is nobody yet.
  private static func names(_ answer: String, beginning word: String) -> Bool {
    let nobody: Set<String> = [
      "no", "not", "none", "nobody", "noone", "never", "nil", "nothing", "nowhere", "unknown", "later",
      "soon", "yes", "y",
      "ok", "okay", "na", "tbd", "tba", "todo", "pending", "waiting", "nope", "somebody", "someone",
      "anybody", "anyone",
      "xx", "xxx", "test",
    ]
    return answer.filter(\.isLetter).count > 1 && !nobody.contains(word)
      && !nobody.contains(answer.filter { $0.isLetter })
  }
}
