/// What a command does besides showing a result.
///
/// Whoever treats commands differently (the recorder, replay, evidence, a dry run, `watch`, completion) asks this and
/// knows no command by its name. A command that declares nothing does not compile.
public struct Effects: OptionSet, Hashable, Sendable {
  /// A bit for each.
  public let rawValue: UInt16

  /// The effects of these bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Shows something and changes nothing, so that it may be run again and again.
  public static let looks = Effects(rawValue: 1 << 0)
  /// Leaves something that later commands of this session use: a connection, handles, plans, settings, values.
  public static let keepsInWorkspace = Effects(rawValue: 1 << 1)
  /// Is about the shell and not about the work: no recording keeps it, and nobody repeats it.
  public static let steersShell = Effects(rawValue: 1 << 2)
  /// Ends the shell.
  public static let leaves = Effects(rawValue: 1 << 3)
  /// Can change what is in a database, or take one away.
  public static let changesDatabase = Effects(rawValue: 1 << 4)
  /// Can change which names there are, or which database is looked at.
  public static let changesNames = Effects(rawValue: 1 << 5)
  /// Runs the commands of a file, which can do anything.
  public static let runsFiles = Effects(rawValue: 1 << 6)
  /// Begins or ends a recording.
  public static let records = Effects(rawValue: 1 << 7)
  /// Holds, or ends the notebook: an expectation.
  public static let checks = Effects(rawValue: 1 << 8)
  /// Keeps a value of the result before it.
  public static let captures = Effects(rawValue: 1 << 9)
  /// Waits for a person, and says itself what for.
  public static let asks = Effects(rawValue: 1 << 10)
  /// Says how the notebook goes on behind it.
  public static let directs = Effects(rawValue: 1 << 11)
  /// Shows a list that is longer with each run, so that what is recorded of it ends in a wildcard.
  public static let listsWhatGrows = Effects(rawValue: 1 << 12)

  /// What is about the notebook itself: its own result takes no place, neither in a transcript nor for paths, but for a
  /// name or a number that a person was asked for.
  public static let steersNotebook: Effects = [.checks, .captures, .asks, .directs]
}

extension Effects {
  /// Whether a database may be another one afterwards, so that there is evidence of it.
  public var mayChangeDatabase: Bool { !isDisjoint(with: [.changesDatabase, .runsFiles]) }

  /// Whether the names that completion knows may be old afterwards.
  public var mayChangeNames: Bool { !isDisjoint(with: [.changesNames, .runsFiles]) }

  /// Whether it may be run again and again.
  public var mayBeRepeated: Bool { contains(.looks) && !mayChangeDatabase }

  /// Whether later steps need what it leaves, and it changes nothing else: what `--from` makes again.
  public var preparesLaterSteps: Bool { contains(.keepsInWorkspace) && !mayChangeDatabase }

  /// Whether its result stands in the transcript of a notebook.
  public var hasTranscript: Bool { isDisjoint(with: Self.steersNotebook.union([.runsFiles, .records])) }

  /// Whether a recording leaves it out.
  public var isLeftOutOfRecordings: Bool { !isDisjoint(with: [.steersShell, .runsFiles]) }
}
