/// The steps of a notebook while it is recorded, and what could be expected behind them.
public struct RecordedSteps: Sendable {
  fileprivate struct Step: Sendable {
    var lines: [String]
    var proposals: [String]
    var command: String
  }

  private var steps: [Step] = []

  /// No step yet.
  public init() {}

  /// Adds the lines of a step.
  ///
  /// - Parameters:
  ///   - proposals: what could be expected behind it.
  ///   - command: what they are about: the command's name, and its query.
  ///   - isProse: whether it is prose, which goes on in the next line; all else stands apart.
  /// - Returns: what the file gets, with a line feed at its end.
  public mutating func add(
    _ lines: [String], proposals: [String] = [], command: String = "", isProse: Bool = false
  ) -> String {
    let goesOn = isProse && steps.last?.lines.last?.hasPrefix("#") == true
    let step = Step(
      lines: (steps.isEmpty || goesOn ? [] : [""]) + lines, proposals: proposals, command: command)
    steps.append(step)
    return step.text
  }

  /// What could be expected behind the last of each command that proposes something, in order.
  public var proposals: [String] { lastProposing.flatMap { steps[$0].proposals } }

  /// All that was recorded.
  public var text: String { steps.map(\.text).joined() }

  /// All that was recorded, with the proposals behind the commands that they are about.
  public var textWithProposals: String {
    let proposing = Set(lastProposing)
    return steps.enumerated().map { place, step in
      step.text + (proposing.contains(place) ? step.proposals.map { $0 + "\n" }.joined() : "")
    }.joined()
  }

  private var lastProposing: [Int] {
    let proposing = steps.indices.filter { !steps[$0].proposals.isEmpty }
    return Dictionary(proposing.map { (steps[$0].command, $0) }, uniquingKeysWith: max).values.sorted()
  }
}

extension RecordedSteps.Step {
  fileprivate var text: String { lines.map { $0 + "\n" }.joined() }
}
