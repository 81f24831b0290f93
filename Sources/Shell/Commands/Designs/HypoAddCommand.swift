import Glibc
import IndexDesign
import Notebook
import Reports
import Server

/// `hypo add TABLE(KEYS) …`, a pasted `CREATE INDEX …;`, or `%n`.
struct HypoAddCommand: Command {
  static let declaration = CommandDeclaration(
    name: "hypo add",
    form: Form("DESIGN | STATEMENT; | %n {= DESIGN | = STATEMENT;}"),
    summary: "let the planner see an index that does not exist",
    details: """
      Makes a hypothetical index in this session; nothing is built and nobody else sees it. The design gets a handle \
      %n and is kept as it was typed: that definition is what promote builds. A whole CREATE INDEX can be pasted. \
      %n = in front, as recordings have it, says which handle the design gets. Parts that HypoPG cannot imagine are \
      named, and so are existing indexes that are the same, cover it or would be redundant beside it, a partitioned table, and a table without statistics. \
      gin, gist and spgist cannot be hypothetical; such a design is kept as a proposal.
      """,
    examples: [
      .init(
        "hypo add orders(customer_id, created_at desc)", gives: .parts(["design"], showing: "hypothetical")),
      .init(
        "hypo add orders(status) where status <> 'delivered' as open_orders",
        gives: .parts(["design"], showing: "open_orders")),
      .init(
        "hypo add CREATE INDEX ON orders (customer_id) INCLUDE (total);",
        gives: .parts(["design"], showing: "include (total)")),
    ], group: .designs, effects: .keepsInWorkspace)

  private enum Source {
    case typed(ParsedIndexDefinition, as: (handle: DesignHandle, place: Failure.Place)?)
    case handle(DesignHandle, Failure.Place)
  }

  private let source: Source
  private let text: String
  private let offset: Int

  init(_ arguments: Arguments) throws(Failure) {
    text = arguments.text
    let given = try arguments.designHandle()
    if let statement = arguments.word("STATEMENT") {
      source = .typed(try arguments.read(statement, IndexDefinitionParser.parseCreateIndex), as: given)
      offset = statement.range.lowerBound
    } else if let (handle, place) = given, arguments.word("DESIGN") == nil {
      (source, offset) = (.handle(handle, place), 0)
    } else {
      let design = try arguments.required("DESIGN")
      source = .typed(try arguments.read(design, IndexDefinitionParser.parseShortForm), as: given)
      offset = design.range.lowerBound
    }
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    switch source {
    case .handle(let handle, let place):
      let design = try workspace.designs.find(handle, at: place)
      return try make(design, session.check(design.definition), session, workspace)
    case .typed(let parsed, let given):
      let checked: CheckedDesign
      do { checked = try session.check(parsed) } catch { throw failure(error, parsed) }
      let before = workspace.designs
      let design: Design
      do throws(Failure) {
        design = try workspace.design(
          checked.definition, partitions: checked.relation.partitions, as: given?.handle)
      } catch {
        var failure = error
        failure.place = given?.place
        throw failure
      }
      // What the server refuses was never a design: promote would only fail with it later.
      do { return try make(design, checked, session, workspace) } catch {
        workspace.restore(before)
        throw error
      }
    }
  }

  func sent(in forecast: inout Forecast) -> [String] {
    let design: Design? =
      switch source {
      case .typed(let parsed, let given): try? forecast.designs.add(parsed.definition, as: given?.handle)
      case .handle(let handle, _): forecast.designs[handle]
      }
    guard let design else { return [] }
    return ["SELECT hypopg_create_index(\(Literal.quoted(design.definition.hypotheticalStatement)))"]
  }

  private func make(
    _ design: Design, _ checked: CheckedDesign?, _ session: Session, _ workspace: Workspace
  ) throws -> Report {
    var report = Report("hypo add")
    if let obstacle = design.definition.hypotheticalObstacle {
      report.blocks.append(.fields(Self.fields(design, nil)))
      report.note(.warning, obstacle)
      report.note(.hint, "promote \(design.handle) can still build it; its plan cannot be foreseen")
      return report
    }
    let active: HypotheticalIndexes.Active
    do {
      active = try session.hypotheticals.add(
        design.handle, design.definition, partitions: design.partitions)
    } catch {
      throw placed(failure(error, nil, design.definition), checked?.relation.columns.map(\.name) ?? [])
    }
    workspace.noteHypothetical(design.handle, estimatedSizeInBytes: active.estimatedSizeInBytes)
    report.blocks.append(.fields(Self.fields(workspace.designs[design.handle] ?? design, active)))
    notes(&report, design, checked, active)
    if let duplicates = try session.duplicates(of: design.definition) {
      report.note(.warning, "\(duplicates.words): with duplicates it cannot be built as unique")
      report.note(.hint, "find them: " + duplicates.query(of: design.definition.table))
    }
    return report
  }

  private func notes(
    _ report: inout Report, _ design: Design, _ checked: CheckedDesign?, _ active: HypotheticalIndexes.Active
  ) {
    // A name is for promote and changes no plan: that HypoPG does not keep it is no news.
    var nameless = design.definition
    nameless.name = nil
    for part in nameless.partsIgnoredByHypoPG {
      report.note(.warning, "HypoPG ignores \(part); promote builds it as typed")
    }
    for warning in active.warnings { report.note(.warning, "HypoPG: \(warning)") }
    if active.matching == .fails, !active.partitions.isEmpty {
      report.note(
        .warning,
        "of an expression or a condition on a partitioned table HypoPG can tell only where a statement reads one partition"
      )
    } else if active.matching == .fails {
      report.note(
        .warning,
        "HypoPG does not recognise this design even in its own words, so what it would change is unknown")
      report.note(.hint, "promote \(design.handle) on a copy of the data and compare the plans there")
    }
    if design.definition.keys.contains(where: { if case .expression = $0.term { true } else { false } }) {
      report.note(
        .warning, "an expression has no statistics until the index is real: row estimates can be far off")
    }
    if design.definition.isUnique {
      report.note(.warning, "the planner trusts unique: on data that is not unique the gain is a false one")
    }
    if checked?.relation.kind == .partitionedTable {
      report.note(
        .warning,
        "\(design.definition.table.sql) is partitioned: plans show the design, but promote cannot build it")
      report.note(.hint, "design the index on each partition and promote those")
    }
    PlanReport.warn(&report, of: checked?.missingStatistics)
    PlanReport.warn(&report, of: active.plannedFunctions)
    if let same = checked?.same {
      report.note(
        .warning, "index \(same.qualifiedName) has the same definition, so that the design is no gain")
    } else if let covering = checked?.covering {
      report.note(.warning, "index \(covering.qualifiedName) covers it: \(covering.definition)")
    }
    for index in checked?.redundant ?? [] {
      report.note(.warning, "beside it index \(index.qualifiedName) would be redundant: \(index.definition)")
    }
  }

  private static func fields(_ design: Design, _ active: HypotheticalIndexes.Active?) -> Report.Fields {
    var values: [Report.Field] = [
      .init("design", .handle(design.handle.description)),
      .init("definition", .sql(design.definition.shortForm)),
      .init("state", .text(design.state.words)),
    ]
    if let name = design.definition.name { values.append(.init("name", .identifier(name))) }
    if let active {
      values.append(.init("estimated size", .bytes(active.estimatedSizeInBytes), remark: "HypoPG's estimate"))
    }
    return .init(name: "design", title: nil, values: values)
  }

  /// HypoPG tells no place of a column in an expression or a condition: it is where its name was typed.
  private func placed(_ failure: Failure, _ columns: [String]) -> Failure {
    // The message is: column "NAME" does not exist, behind the words for what was tried.
    let quoted = failure.message.split(separator: "\"", omittingEmptySubsequences: false)
    guard failure.sqlState == "42703", quoted.count > 2 else { return failure }
    let name = quoted[quoted.count - 2]
    let tokens = text.utf8.split { !($0 == 0x5F || $0 == 0x24 || $0 >= 0x80 || isalnum(Int32($0)) != 0) }
    guard let token = tokens.last(where: { Substring($0) == name }) else { return failure }
    var failure = failure
    let start = text.utf8.distance(from: text.startIndex, to: token.startIndex)
    failure.place = .init(text: text, range: start..<start + token.count)
    failure.hint =
      NearName.closest(to: String(name), among: columns).map { "did you mean \"\($0)\"?" }
      ?? "columns: " + columns.joined(separator: ", ")
    return failure
  }

  /// Puts the server's words behind what was tried, and the place behind the typed text.
  private func failure(
    _ error: ServerError, _ parsed: ParsedIndexDefinition?, _ definition: IndexDefinition? = nil
  ) -> Failure {
    let failure = Failure(error, in: parsed == nil ? nil : text, offset: offset)
    let table = parsed?.definition.table ?? definition?.table
    guard let table, failure.status == .script else { return failure }
    return failure.context("could not create hypothetical index on \"\(table.name)\"")
  }
}
