/// What a command does besides showing a result.
///
/// Whoever treats commands differently (the recorder, replay, evidence, a dry run, `watch`, completion) asks this and
/// knows no command by its name. A command that declares nothing does not compile.
struct Effects: OptionSet, Hashable, Sendable {
  let rawValue: UInt16

  /// Shows something and changes nothing, so that it may be run again and again.
  static let looks = Effects(rawValue: 1 << 0)
  /// Leaves something that later commands of this session use: a connection, handles, plans, settings, values.
  static let keepsInWorkspace = Effects(rawValue: 1 << 1)
  /// Is about the shell and not about the work: no recording keeps it, and nobody repeats it.
  static let steersShell = Effects(rawValue: 1 << 2)
  /// Ends the shell.
  static let leaves = Effects(rawValue: 1 << 3)
  /// Can change what is in a database, or take one away.
  static let changesDatabase = Effects(rawValue: 1 << 4)
  /// Can change which names there are, or which database is looked at.
  static let changesNames = Effects(rawValue: 1 << 5)
  /// Runs the commands of a file, which can do anything.
  static let runsFiles = Effects(rawValue: 1 << 6)
  /// Begins or ends a recording.
  static let records = Effects(rawValue: 1 << 7)
  /// Holds, or ends the notebook: an expectation.
  static let checks = Effects(rawValue: 1 << 8)
  /// Keeps a value of the result before it.
  static let captures = Effects(rawValue: 1 << 9)
  /// Waits for a person, and says itself what for.
  static let asks = Effects(rawValue: 1 << 10)
  /// Says how the notebook goes on behind it.
  static let directs = Effects(rawValue: 1 << 11)
  /// Shows a list that is longer with each run, so that what is recorded of it ends in a wildcard.
  static let listsWhatGrows = Effects(rawValue: 1 << 12)

  /// What is about the notebook itself: its own result takes no place, neither in a transcript nor for paths.
  static let steersNotebook: Effects = [.checks, .captures, .asks, .directs]
}

extension Effects {
  /// Whether a database may be another one afterwards, so that there is evidence of it.
  var mayChangeDatabase: Bool { !isDisjoint(with: [.changesDatabase, .runsFiles]) }

  /// Whether the names that completion knows may be old afterwards.
  var mayChangeNames: Bool { !isDisjoint(with: [.changesNames, .runsFiles]) }

  /// Whether it may be run again and again.
  var mayBeRepeated: Bool { contains(.looks) && !mayChangeDatabase }

  /// Whether later steps need what it leaves, and it changes nothing else: what `--from` makes again.
  var preparesLaterSteps: Bool { contains(.keepsInWorkspace) && !mayChangeDatabase }

  /// Whether its result stands in the transcript of a notebook.
  var hasTranscript: Bool { isDisjoint(with: Self.steersNotebook.union([.runsFiles, .records])) }

  /// Whether a recording leaves it out.
  var isLeftOutOfRecordings: Bool { !isDisjoint(with: [.steersShell, .runsFiles]) }
}
