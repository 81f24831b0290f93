import IndexDesign
import Reports

/// What a reader gets of a notebook, in order: the input of pages and of Markdown.
public struct NotebookDocument: Equatable, Sendable {
  /// What the notebook is called; nil when it does not say so.
  var title: String?
  /// What is known of it as a whole, such as its change ticket, in the order in which it is read.
  var facts: [Fact] = []
  /// The text and the steps.
  var parts: [Part] = []

  /// One thing that is known of the notebook.
  struct Fact: Equatable, Sendable {
    var name: String
    var value: String
  }

  /// A part of the notebook.
  enum Part: Equatable, Sendable {
    /// Markdown, and the line of the file where it begins, from 1.
    case prose(String, line: Int)
    /// A command and what came of it.
    case step(Step)
  }

  /// A command and what came of it.
  struct Step: Equatable, Sendable {
    /// As it was typed, without its guards: all its lines, without a line feed at the end.
    var command: String
    /// The line of the file where it begins, from 1.
    var line = 0
    var kind = Kind.command
    /// Whether it is a statement for the server rather than a command of hypo.
    var isSQL = false
    /// The conditions in front of it, without their brackets: `aurora`, `!standby`, `postgresql>=16`.
    var guards: [String] = []
    /// What was recorded of it; empty when nothing was.
    var results: [Report] = []
    /// Whether a result is recorded of such a command; what goes to a file has none.
    var hasRecord = true
    /// Why what was recorded cannot be read, and on which line of the file; nil when it can.
    var problem: Problem?
    /// How it failed, as the step behind it foresees; nil when it did not.
    var failure: Failure?
  }

  /// A record that cannot be read.
  struct Problem: Equatable, Sendable {
    /// The line of the file, from 1.
    var line: Int
    var text: String
  }

  /// What a step is, for those who read it.
  enum Kind: Equatable, Sendable {
    /// A command, or SQL.
    case command
    /// `expect PREDICATE`, and what is known of it.
    case expectation(Verdict)
    /// `let NAME = PATH`, and the value that was recorded; nil when none was.
    case capture(Cell?)
    /// `pause "TEXT"`: what a person is asked, without quotes.
    case pause(String)
    /// What holds for the steps behind it, such as `on-fail stop`.
    case direction
  }

  /// What a record says of an expectation.
  enum Verdict: Equatable, Sendable {
    case held, failed
    /// Nothing was recorded: it is only asked for.
    case unknown
  }
}

extension NotebookDocument.Step {
  /// The command as it may be shown: one with a password in it is not repeated.
  var shownCommand: String {
    Secrets.isHeld(in: command) ? "… (not shown: it holds a password)" : command
  }

  /// What an expectation asks for, without the word in front.
  var predicate: String {
    let words = shownCommand.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    guard case .expectation = kind, words.count == 2, !Secrets.isHeld(in: command) else {
      return shownCommand
    }
    return String(words[1])
  }

  /// The guards in words: `if aurora`, `unless standby`.
  var conditions: [String] {
    guards.map { $0.hasPrefix("!") ? "unless \($0.dropFirst())" : "if \($0)" }
  }
}

extension NotebookDocument.Verdict {
  /// A sign for the eye; the word says the same.
  var sign: String {
    switch self {
    case .held: "✓"
    case .failed: "✗"
    case .unknown: "○"
    }
  }

  var word: String {
    switch self {
    case .held: "holds"
    case .failed: "does not hold"
    case .unknown: "is to hold"
    }
  }
}
