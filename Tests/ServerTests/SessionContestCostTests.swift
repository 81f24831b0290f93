import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// What a statement would cost with a design that lost, held against every combination of the planner's settings.
@Suite struct SessionContestCostTests {
  /// A design and a statement; `#` stands behind each other table, which may be read as a sample of all its rows.
  struct Case: CustomTestStringConvertible {
    var design: String
    var marked: String
    /// Whether nothing cheaper can be left out.
    var isExact = true
    var testDescription: String { "\(design) for \(marked)" }
    var statement: String { marked.replacing("#", with: "") }
    /// Each table as it is and as a sample.
    var forms: [String] {
      var forms = [""]
      let parts = marked.split(separator: "#", omittingEmptySubsequences: false)
      for (number, part) in parts.enumerated() {
        let ends = number == parts.count - 1 ? [""] : ["", " TABLESAMPLE BERNOULLI (100)"]
        forms = forms.flatMap { form in ends.map { form + part + $0 } }
      }
      return forms
    }
  }

  static let schema = """
    create table c(id int primary key, name text, pad text);
    insert into c select g, 'n' || (g * 17) % 10000, repeat('c', 80) from generate_series(1, 10000) g;
    create table d(id int primary key, k int); insert into d select g, g % 50 from generate_series(1, 2000) g;
    create table o(id int, b int, kind int, name text, pad text);
    insert into o select g, (g * 7919) % 30000 + 1, g % 7, 'n' || (g * 31) % 3000, repeat('o', 60)
    from generate_series(1, 30000) g;
    analyze;
    """

  static let cases: [Case] = [
    .init(design: "o(id)", marked: "select * from o where id > 100"),
    .init(design: "o(b)", marked: "select * from o where b > 9000 and kind = 3"),
    .init(design: "o(kind)", marked: "select kind, count(*) from o where kind < 5 group by kind"),
    .init(design: "o(b)", marked: "select * from c# join o on o.b = c.id where c.name > 'n2'"),
    .init(design: "o(kind)", marked: "select * from o join c# on c.id = o.kind"),
    .init(design: "c(name)", marked: "select * from o# join c on c.name = o.name where o.kind = 3"),
    .init(design: "o(b)", marked: "select * from o a# join o x# on x.b = a.id where a.kind < 5"),
    .init(design: "o(b)", marked: "update o set kind = 0 from c# where c.id = o.b and c.name > 'n2'"),
    .init(design: "o(b)", marked: "select * from o where b in (select id from c# where name > 'n1')"),
    .init(
      design: "o(b)",
      marked: "select count(o.pad) from c#, d#, o where o.b = c.id and d.id = o.kind and c.name > 'n2'"
    ),
    .init(
      design: "o(b)",
      marked: "with x as (select id from c# where name > 'n2') select * from x join o on o.b = x.id"),
    .init(
      design: "o(b)",
      marked: "select * from c# join d# on d.id = c.id join d e# on e.id = d.k join d f# on f.id = e.k "
        + "join d g# on g.id = f.k join o on o.b = f.id + c.id where c.name > 'n1'", isExact: false),
  ]

  @Test(arguments: cases)
  func `a design that lost would cost the least of all plans that use it`(trial: Case) throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    _ = try session.look("SET max_parallel_workers_per_gather = 0;")
    try session.add(1, trial.design)
    let explanation = try session.explain(PlanQuestion(trial.statement), askingWhy: true)
    let contest = try #require(explanation.contests[DesignHandle(1)])
    guard case .lost(let cost?, _) = contest else {
      Issue.record("\(contest)")
      return
    }
    #expect(cost.isExact == trial.isExact)
    var sets = [["enable_seqscan"]]
    for name in ["enable_hashjoin", "enable_mergejoin", "enable_nestloop", "enable_sort", "enable_material"] {
      sets += sets.map { $0 + [name] }
    }
    let questions = trial.forms.flatMap { form in
      let asking = Session.Planning(
        steps: [.query("EXPLAIN (FORMAT JSON, VERBOSE) " + form)], answer: 0, behind: 0)
      return sets.map { Session.ForcedQuestion(asking: asking, off: $0) }
    }
    let costs = try session.plans(of: questions, session.hypotheticals.handlesByName).filter { plan in
      !plan.usedDesigns.isEmpty && plan.disabledSteps == 0 && plan.totalCost.units < 1e10
    }.map(\.totalCost.units)
    let truth = try #require(costs.min())
    // The planner itself holds plans for the same when they are within a percent.
    #expect(cost.least.units >= truth * 0.99)
    if cost.isExact { #expect(cost.least.units <= truth * 1.01) }
    withExtendedLifetime(database) {}
  }

  @Test func `where workers share the work it is at most that`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    for name in ["parallel_setup_cost", "parallel_tuple_cost", "min_parallel_table_scan_size"] {
      _ = try session.look("SET \(name) = 0;")
    }
    try session.add(1, "o(b)")
    let explanation = try session.explain(
      PlanQuestion("select count(o.pad) from c join o on o.b = c.id"), askingWhy: true)
    let words = explanation.contests[DesignHandle(1)]?.words(rival: "it")
    #expect(words?.hasPrefix("beaten by it: would cost at most ") == true)
    withExtendedLifetime(database) {}
  }
}
