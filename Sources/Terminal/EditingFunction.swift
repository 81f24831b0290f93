/// What hypo makes of libedit's own functions; those that are not in the table are bound to no key.
///
/// The rest is left out because it opens a prompt for commands to the editor itself (`ed-command`, which also crashes
/// on an open quote), starts a program (`vi-histedit`), keeps only 1,023 characters of the line that it leaves
/// (`vi-to-history-line`), makes keys that are hypo's own (`em-meta-next`), or runs or changes the line in ways that
/// nobody asked for (`vi-comment-out`, `vi-alias`, `vi-history-word`, `em-universal-argument`, `ed-end-of-file`, …).
/// Source: editline(7).
enum EditingFunction: Equatable {
  /// Keys keep it; the text says what it is wanted for.
  case kept(_ reason: String)
  /// Keys of vi's command mode keep it, and no others.
  case keptInCommands(_ reason: String)
  /// Keys get hypo's own function instead.
  case replaced(by: String, _ reason: String)

  /// The functions by libedit's name.
  static let all: [String: EditingFunction] = {
    var all = typing.merging(moving) { $1 }.merging(erasing) { $1 }.merging(changing) { $1 }
    all.merge(finding) { $1 }
    all.merge(vi) { $1 }
    return all
  }()

  /// Whether a key may be bound to a function of this name: a known one, or hypo's own.
  static func isWanted(_ name: String) -> Bool { own.contains(name) || all[name] != nil }

  /// Names that `hypo_el_add_functions` and `hypo_el_add_history_functions` add.
  static let own: Set<String> = [
    "hypo-complete", "hypo-interrupt", "hypo-restore", "hypo-paste", "hypo-up", "hypo-down", "hypo-older",
    "hypo-newer",
  ]

  private static let shortHistory = "libedit's keeps only 1,023 characters of a line that it leaves"

  private static let typing: [String: EditingFunction] = [
    "ed-insert": .kept("characters are typed"),
    "ed-digit": .kept("digits are typed"),
    // Elsewhere it would repeat a typed character up to ten million times, and hear no signal meanwhile.
    "ed-argument-digit": .keptInCommands("a count in front of a command of vi"),
    "ed-quoted-insert": .kept("a control character is typed as it is"),
    "ed-newline": .kept("Enter"),
    "ed-sequence-lead-in": .kept("keys that send several bytes, such as arrows"),
    "ed-ignore": .kept("keys that the terminal answers itself"),
    "ed-unassigned": .kept("a key without a function"),
    "ed-clear-screen": .kept("Ctrl-L"),
    "ed-redisplay": .kept("draws the line anew after somebody else has written"),
    "em-toggle-overwrite": .kept("overwriting, for a key that .editrc names"),
  ]

  private static let moving: [String: EditingFunction] = [
    "ed-move-to-beg": .kept("Home, Ctrl-A"),
    "ed-move-to-end": .kept("End, Ctrl-E"),
    "ed-next-char": .kept("right arrow"),
    "ed-prev-char": .kept("left arrow"),
    "ed-prev-word": .kept("Alt-B, Ctrl-left arrow"),
    "em-next-word": .kept("Alt-F, Ctrl-right arrow"),
    "em-set-mark": .kept("begins a region"),
    "em-exchange-mark": .kept("Ctrl-X Ctrl-X, the other end of a region"),
    "ed-prev-history": .replaced(by: "hypo-up", shortHistory),
    "ed-next-history": .replaced(by: "hypo-down", shortHistory),
    "ed-prev-line": .replaced(by: "hypo-up", "one way through the rows of an entry"),
    "ed-next-line": .replaced(by: "hypo-down", "one way through the rows of an entry"),
  ]

  private static let erasing: [String: EditingFunction] = [
    "ed-delete-next-char": .kept("Delete, vi's x"),
    "ed-delete-prev-char": .kept("vi's X"),
    "ed-delete-prev-word": .kept("Ctrl-W, Alt-Backspace"),
    "ed-kill-line": .kept("Ctrl-K, vi's D"),
    "em-delete-next-word": .kept("Alt-D"),
    "em-delete-or-list": .kept("Ctrl-D: deletes, and ends the input on an empty line"),
    "em-delete-prev-char": .kept("Backspace"),
    "em-kill-line": .kept("Ctrl-U"),
    "em-kill-region": .kept("cuts a region"),
    "vi-delete-prev-char": .kept("Backspace while vi inserts"),
    "vi-kill-line-prev": .kept("Ctrl-U while vi inserts"),
    "vi-list-or-eof": .kept("Ctrl-D while vi inserts: ends the input on an empty line"),
  ]

  private static let changing: [String: EditingFunction] = [
    "ed-transpose-chars": .kept("Ctrl-T"),
    "em-capitol-case": .kept("Alt-C"),
    "em-lower-case": .kept("Alt-L"),
    "em-upper-case": .kept("Alt-U"),
    "em-copy-prev-word": .kept("Alt-Ctrl-_, a word once more"),
    "em-copy-region": .kept("Alt-W"),
    "em-yank": .kept("Ctrl-Y, what was cut last"),
  ]

  private static let finding: [String: EditingFunction] = [
    "em-inc-search-prev": .kept("Ctrl-R"),
    "em-inc-search-next": .kept("the way back while searching"),
    "ed-search-prev-history": .replaced(by: "hypo-older", shortHistory),
    "ed-search-next-history": .replaced(by: "hypo-newer", shortHistory),
  ]
}

extension EditingFunction {
  /// The commands of vi's command mode.
  private static let vi: [String: EditingFunction] = [
    "vi-command-mode": .kept("Escape"),
    "vi-insert": .kept("i"),
    "vi-insert-at-bol": .kept("I"),
    "vi-add": .kept("a"),
    "vi-add-at-eol": .kept("A"),
    "vi-replace-char": .kept("r"),
    "vi-replace-mode": .kept("R"),
    "vi-change-meta": .kept("c with a motion"),
    "vi-change-to-eol": .kept("C"),
    "vi-change-case": .kept("~"),
    "vi-substitute-char": .kept("s"),
    "vi-substitute-line": .kept("S"),
    "vi-delete-meta": .kept("d with a motion"),
    "vi-yank": .kept("y with a motion"),
    "vi-yank-end": .kept("Y"),
    "vi-paste-next": .kept("p"),
    "vi-paste-prev": .kept("P"),
    "vi-undo": .kept("u"),
    "vi-undo-line": .kept("U"),
    "vi-redo": .kept(". once more"),
    "vi-zero": .kept("0"),
    "vi-to-column": .kept("|"),
    "vi-match": .kept("%, the other parenthesis"),
    "vi-prev-word": .kept("b"),
    "vi-prev-big-word": .kept("B"),
    "vi-next-word": .kept("w"),
    "vi-next-big-word": .kept("W"),
    "vi-end-word": .kept("e"),
    "vi-end-big-word": .kept("E"),
    "vi-next-char": .kept("f"),
    "vi-prev-char": .kept("F"),
    "vi-to-next-char": .kept("t"),
    "vi-to-prev-char": .kept("T"),
    "vi-repeat-next-char": .kept("; once more"),
    "vi-repeat-prev-char": .kept(", once more, the other way"),
    "vi-search-prev": .kept("/, through the history"),
    "vi-search-next": .kept("?, through the history"),
    "vi-repeat-search-next": .kept("n"),
    "vi-repeat-search-prev": .kept("N"),
  ]
}
