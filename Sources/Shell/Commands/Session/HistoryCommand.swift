import Foundation
import Notebook
import Reports

/// `history [N|TEXT]`
struct HistoryCommand: Command {
  static let declaration = CommandDeclaration(
    name: "history", aliases: ["\\s"], form: Form("[N|TEXT]", ["N": .count("the number of entries")]),
    summary: "what was typed before, the newest last",
    details: """
      N lists the last N entries, 50 by default; TEXT lists those that hold it, in capitals or not. The \
      history is kept from session to session, without lines that hold a password or begin with a blank. The up arrow \
      brings entries back, Ctrl-R searches. \\s is the same.
      """,
    examples: [
      .init("history", gives: .parts(["history"], showing: "top 5")),
      .init("history 20", gives: .parts(["history"], showing: "top 5")),
      .init("history orders", gives: .parts(["history"], showing: "SELECT count(*) FROM orders;")),
    ], group: .session, effects: [.looks, .steersShell])

  private let limit: Int
  private let wanted: String?

  init(_ arguments: Arguments) throws(Failure) {
    wanted = arguments.word("TEXT")?.text
    limit = try arguments.count("N") ?? (wanted == nil ? 50 : .max)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let entries = Array((loop.prompt?.history ?? []).enumerated())
    let found = wanted.map { text in entries.filter { $0.element.localizedCaseInsensitiveContains(text) } }
    return Report(
      "history",
      [
        .table(
          .init(
            name: "history", title: nil,
            columns: [
              .init("entry", isNumber: true, isVolatile: true), .init("text", isVolatile: true),
            ],
            rows: (found ?? entries).suffix(limit).map {
              [.integer(Int64($0.offset + 1)), .text($0.element)]
            },
            whenEmpty: wanted.map { "no entry holds \"\($0)\"" } ?? "the history is empty"))
      ])
  }
}
