import Foundation
import FoundationXML
import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Reports

/// Pictures of plans that a server made. `HYPO_PICTURES=DIR` keeps them there, for eyes to judge.
@Suite struct RealPlanPictureTests {
  private static let schema = """
    create table region as select i id, 'region ' || i as name from generate_series(1, 5) i;
    create table nation as select i id, i % 5 + 1 as region_id, 'nation ' || i as name
      from generate_series(1, 25) i;
    create table customers as select i id, i % 25 + 1 as nation_id, 'c' || i as name
      from generate_series(1, 3000) i;
    create table orders as select i id, i % 3000 + 1 as customer_id, date '2024-01-01' + i % 365 as day,
      'note ' || i as note from generate_series(1, 40000) i;
    create table lines as select i id, i / 3 as order_id, i % 500 + 1 as product_id, i % 7 as quantity
      from generate_series(1, 120000) i;
    create table products as select i id, 'p' || i as name from generate_series(1, 500) i;
    create table events(id int, day date, kind int) partition by range(day);
    do $$ begin for n in 0..49 loop
      execute format('create table events_%s partition of events for values from (%L) to (%L)',
        to_char(n, 'FM00'), date '2024-01-01' + n, date '2024-01-02' + n);
    end loop; end $$;
    insert into events select i, date '2024-01-01' + i % 50, i % 100 from generate_series(1, 20000) i;
    create index on events_07(kind);
    create table "注文明細一覧表" as select i "注文番号", '顧客' || i as "顧客の名前", i as "金額"
      from generate_series(1, 5000) i;
    analyze;
    """

  private static let queries = [
    "small": "select * from orders where customer_id = 42 order by day desc limit 10",
    "join": """
    select r.name, p.name, sum(quantity) from region r join nation n on n.region_id = r.id
    join customers c on c.nation_id = n.id join orders o on o.customer_id = c.id
    join lines l on l.order_id = o.id join products p on p.id = l.product_id
    where r.name = 'region 3' and o.customer_id = 42 group by 1, 2 order by 3 desc
    """,
    "partitions": "select count(*) from events where kind = 7",
    "subplans": """
    with busy as materialized (select customer_id, count(*) n from orders group by 1)
    select name, (select max(n) from busy), (select count(*) from orders o where o.customer_id = c.id)
    from customers c where exists (select from busy b where b.customer_id = c.id and n > 10)
    """,
    "cjk": """
    select a."顧客の名前", b."金額" from "注文明細一覧表" a join "注文明細一覧表" b
    on a."注文番号" = b."注文番号" + 1 where a."顧客の名前" like '%顧客123%' order by b."金額" desc, 1
    """,
    "long": """
    select * from orders where customer_id in (\((1...150).map(String.init).joined(separator: ", ")))
    and note like '%a rather long pattern that nobody would type by hand, but programs do <b>&amp;</b>%'
    """,
  ]

  @Test func `plans of a server are drawn`() throws {
    let database = try TestCluster.shared.database()
    try database.script(Self.schema)
    let kept = ProcessInfo.processInfo.environment["HYPO_PICTURES"]
    let folder = try TemporaryFolder()
    let connection = try database.connect()
    let designs = try connection.query(
      "select indexname from hypopg_create_index($1)",
      [
        "create index on orders(customer_id, day desc)"
      ])
    let names = [try #require(designs.value): DesignHandle(1)]
    for (name, sql) in Self.queries {
      func plan(_ setting: String) throws -> ExecutionPlan {
        _ = try connection.query("select set_config('hypopg.enabled', $1, false)", [setting])
        let answer = try connection.query("explain (format json) \(sql)")
        return try ExecutionPlan(explainJSON: try #require(answer.value), designs: names)
      }
      let statement = Report.PlanBlock.Statement(title: "@\(name)", sql: sql)
      let diff = PlanDiff(before: try plan("off"), after: try plan("on"))
      let verdict = PlanVerdict(of: diff, designs: [DesignHandle(1)])
      var blocks = [
        Report.PlanBlock(name: "baseline", title: "Without designs", plan: diff.before, statement: statement),
        Report.PlanBlock(name: "plan", title: "With %1", plan: diff.after, statement: statement),
      ]
      if case .unchanged? = diff.changes.first {
        blocks = [.init(name: "plan", title: "Plan", plan: diff.after, statement: statement)]
      }
      var report = Report("diff", blocks.map { .plan($0) })
      report.note(verdict.overall == .better ? .good : .information, verdict.sentence)
      let svg = try #require(PlanPicture.svg(of: report)).source
      try svg.write(toFile: "\(kept ?? folder.path)/\(name).svg", atomically: true, encoding: .utf8)
      let written = try Data(contentsOf: URL(filePath: "\(kept ?? folder.path)/\(name).svg"))
      #expect(XMLParser(data: written).parse(), "\(name)")
      #expect(svg.contains("@\(name)"))
    }
  }
}
