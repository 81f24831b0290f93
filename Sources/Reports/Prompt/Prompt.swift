public import IndexDesign
public import Terminal

/// What a prompt tells: where the next line goes and what is open there.
public struct Prompt: Equatable, Sendable {
  /// Where the person's own transaction is.
  public enum Transaction: Equatable, Sendable { case none, open, failed }

  /// The pattern.
  public var template = PromptTemplate.standard
  /// The database; nil without a connection.
  public var database: String?
  /// The named target, or `sandbox`; nil for any other.
  public var target: String?
  /// The role that is connected.
  public var user: String?
  /// The server, or the folder of its socket.
  public var host: String?
  /// The port.
  public var port: String?
  /// `standby` or `reader`; nil where a change could be made.
  public var role: String?
  /// Where the own transaction is.
  public var transaction = Transaction.none
  /// The designs that the session holds, in order.
  public var designs: [DesignHandle] = []
  /// Whether the planner sees them.
  public var areDesignsSeen = true
  /// Whether what is typed becomes a notebook.
  public var isRecording = false
  /// Whether the target is marked as production.
  public var isProduction = false

  /// The word that marks production; it is never left out.
  public static let production = "PRODUCTION"

  /// The prompt without a connection.
  public init() {}

  /// The prompt for a screen of so many columns.
  ///
  /// At least half of the row is left to type in: designs go first, then that it is recorded, the role, the target, user and
  /// host, the pattern's own words; then the database is cut. Only the word for production may take more than half.
  public func text(width: Int) -> StyledText {
    let steps: [Set<PromptTemplate.Placeholder>] = [
      [], [.designs], [.designs, .recording], [.designs, .recording, .role],
      [.designs, .recording, .role, .target],
      [.designs, .recording, .role, .target, .user, .host, .port],
    ]
    for left in steps {
      let text = made(without: left)
      if text.width <= width / 2 { return text }
    }
    let last = steps[steps.count - 1]
    let bare = made(without: last, words: false)
    let excess = bare.width - width / 2
    guard excess > 0 else { return bare }
    if let database, case let columns = DisplayWidth.of(database) - excess, columns > 1 {
      var copy = self
      copy.database = DisplayWidth.truncated(database, to: columns)
      return copy.made(without: last, words: false)
    }
    return StyledText(isProduction ? Self.production : "", .bad) + StyledText("> ")
  }

  /// The pattern filled in, with a blank at its end.
  private func made(without left: Set<PromptTemplate.Placeholder>, words: Bool = true) -> StyledText {
    var text = StyledText()
    var isProductionShown = false
    for part in template.parts {
      switch part {
      case .literal(let literal):
        let isWord = literal.contains(where: \.isLetter)
        if isWord, !words { continue }
        text.append(text.isEmpty ? String(literal.drop { $0 == " " }) : literal, isWord ? .strong : .plain)
      case .placeholder(let placeholder, let before, let after):
        let value = left.contains(placeholder) ? "" : value(of: placeholder)
        if value.isEmpty {
          text = text.withoutLastBlanks
        } else {
          if placeholder == .production { isProductionShown = true }
          text.append(before + value + after, style(of: placeholder))
        }
      }
    }
    if isProduction, !isProductionShown { text = StyledText(Self.production, .bad) + StyledText(" ") + text }
    if text.isEmpty { text = StyledText(">") }
    return text.text.last == " " ? text : text + StyledText(" ")
  }

  private func value(of placeholder: PromptTemplate.Placeholder) -> String {
    switch placeholder {
    case .production: isProduction ? Self.production : ""
    case .database: database ?? ""
    case .target: target ?? ""
    case .user: user ?? ""
    case .host: host ?? ""
    case .port: port ?? ""
    case .role: role ?? ""
    case .transaction:
      switch transaction {
      case .none: ""
      case .open: "*"
      case .failed: "!"
      }
    case .designs: designWords
    case .recording: isRecording ? "recording" : ""
    }
  }

  private var designWords: String {
    guard !designs.isEmpty else { return "" }
    let words =
      designs.count > 2 ? "\(designs.count) designs" : designs.map(\.description).joined(separator: " ")
    return areDesignsSeen ? words : "\(words) off"
  }

  private func style(of placeholder: PromptTemplate.Placeholder) -> Style {
    switch placeholder {
    case .production: .bad
    case .database, .target, .host: isProduction ? .bad : .plain
    case .role, .transaction, .recording: .warning
    case .designs: .accent
    case .user, .port: .plain
    }
  }
}

extension StyledText {
  /// It without the blanks that it ends with.
  fileprivate var withoutLastBlanks: StyledText {
    var runs = runs
    while let last = runs.last {
      let text = last.text.reversed().drop { $0 == " " }.reversed()
      runs[runs.count - 1].text = String(text)
      if !text.isEmpty { break }
      runs.removeLast()
    }
    return StyledText(runs)
  }
}
