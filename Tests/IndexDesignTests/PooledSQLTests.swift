import IndexDesign
import Testing

@Suite struct PooledSQLTests {
  private func refusal(_ text: String) -> DesignError? {
    PooledSQL.refusal(RawSQLRule.judge(text), text, isInTransaction: false)
  }

  @Test(arguments: [
    ("select pg_advisory_lock(1)", 7..<23), ("select * from pg_try_advisory_lock_shared(1)", 14..<41),
    ("select PG_ADVISORY_UNLOCK_ALL()", 7..<29), ("select U&\"pg_advisory\\005flock\"(1)", nil),
    ("select 1_000 from (select pg_advisory_lock(1))", 26..<42),
  ])
  func `a lock of the session is refused however it is written`(text: String, place: Range<Int>?) {
    let error = refusal(text)
    #expect(
      error?.message == "a connection pooler is in between: a lock of the session would stay for others")
    #expect(error?.position == place)
  }

  @Test(arguments: [
    "select pg_advisory_xact_lock(1)", "select pg_advisory_lock from t", "select 'pg_advisory_lock(1)'",
  ])
  func `what only looks so passes`(text: String) { #expect(refusal(text) == nil) }
}
