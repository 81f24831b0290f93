import IndexDesign
import Notebook
import Reports
import Server

/// `hypo list`
struct HypoListCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "hypo list", form: Form(""), summary: "the designs of this session",
    details: """
      Lists every design with its state: proposed, hypothetical, promoted or rolled back. A design whose table was dropped \
      is a proposal again; one whose table was made again is made again, too.
      """,
    examples: [
      .init("hypo list", gives: .parts(["designs"], showing: "hypothetical"))
    ], group: .designs, effects: .looks)

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    workspace.noteRollbacksElsewhere()
    try workspace.renewDesigns()
    var report = Report(
      "hypo list",
      [
        .table(
          .init(
            name: "designs", title: nil,
            columns: [
              .init("design"), .init("state"), .init("estimated size", isNumber: true), .init("name"),
              .init("definition"),
            ],
            rows: workspace.designs.all.map { design in
              [
                .handle(design.handle.description), .text(design.state.words),
                design.estimatedSizeInBytes.map { .bytes($0) } ?? .missing,
                design.definition.name.map { .identifier($0) } ?? .missing, .sql(design.definition.shortForm),
              ]
            }, whenEmpty: "no design yet; hypo add makes one"))
      ])
    if let session = workspace.session, !session.hypotheticals.isEnabled {
      report.note(.information, "hypothetical indexes are switched off; hypo on lets the planner see them")
    }
    return report
  }
}
