import IndexDesign
import Testing

@Suite struct RawSQLRuleTests {
  private func refusal(_ text: String) -> DesignError? {
    if case .refuse(let error) = RawSQLRule.judge(text) { error } else { nil }
  }

  @Test(arguments: [
    "select 1", "select 1;", "SELECT * FROM orders WHERE id = 1 ;; -- done",
    "with x as (select 1) select * from x",
    "values (1), (2)", "table orders", "(select 1) union (select 2)", "/* a ; b */ select ';'",
    "select set_config('enable_seqscan', 'off', false)", "select \"into\", \"set_config\" from t",
    "select 'set_config', $$insert; into$$", "select * from hypopg()",
    // Syntax newer than the grammar of libpg_query.
    "select 1_000_000", "select * from (select 1)",
    "select * from json_table('[1]', '$[*]' columns (a int path '$'))",
    "with x as (select 1_000_000) select * from x",
  ])
  func `a reading statement passes`(text: String) {
    #expect(RawSQLRule.judge(text) == .pass(.reading))
  }

  @Test(arguments: [
    ("begin;", TransactionWord.begin), ("start transaction", .begin), ("begin read only", .begin),
    ("begin work", .begin), ("begin isolation level repeatable read", .beginIsolated("repeatable read")),
    ("commit", .commit), ("end", .commit), ("rollback;", .rollback), ("abort", .rollback),
    ("savepoint A", .savepoint("a")), ("rollback to a", .rollbackTo("a")),
    ("rollback to savepoint a", .rollbackTo("a")), ("release a", .release("a")),
  ])
  func `a transaction word passes as such`(text: String, word: TransactionWord) {
    #expect(RawSQLRule.judge(text) == .pass(.transaction(word)))
  }

  @Test(arguments: [
    ("set enable_seqscan = off", "enable_seqscan"), ("set local work_mem to '64MB'", "work_mem"),
    ("SET Random_Page_Cost = 1.1", "random_page_cost"), ("reset work_mem", "work_mem"),
    ("set timezone to 'UTC'", "timezone"), ("set time zone 'UTC'", "timezone"),
    ("set hypopg.enabled = off", "hypopg.enabled"), ("set \"work_mem\" = 1", "work_mem"),
    ("set search_path = a, public", "search_path"), ("set work_mem to default", "work_mem"),
    ("set jit = off", "jit"), ("set cpu_tuple_cost = 0.02", "cpu_tuple_cost"),
    ("set work_mem = 1_000", "work_mem"),
  ])
  func `a planner or display setting passes`(text: String, name: String) {
    #expect(RawSQLRule.judge(text) == .pass(.setting(name)))
  }

  @Test(arguments: ["show all", "show work_mem;", "SHOW time zone"])
  func `show passes`(text: String) {
    #expect(RawSQLRule.judge(text) == .pass(.show))
  }

  @Test(arguments: [
    "reindex table orders", "vacuum full orders", "vacuum", "cluster orders using i", "analyze orders",
    "copy orders to program 'cat'", "copy (select 1) to stdout", "copy orders from stdin", "call p()",
    "do $$ begin end $$", "insert into t values (1)", "update t set a = 1", "delete from t", "truncate t",
    "merge into t using s on true when matched then delete", "create table t(a int)",
    "create table t as select 1",
    "create index on t (a)", "drop index i", "alter system set work_mem = 1", "alter table t add b int",
    "grant select on t to x", "explain select 1", "explain analyze delete from t", "prepare a as select 1",
    "execute a", "declare c cursor for select 1", "listen x", "notify x", "lock table t", "discard all",
    "refresh materialized view v", "checkpoint", "load 'x'", "security label on table t is 'x'",
    "import foreign schema a from server b into c", "comment on table t is 'x'", "deallocate all",
    "reassign owned by a to b", "fetch 1 from c", "(delete from t)",
  ])
  func `a statement that does more than look is refused`(text: String) {
    #expect(refusal(text)?.code == .refused)
  }

  @Test(arguments: [
    "select 1 into x", "select * into temp x from t", "select * from t for update",
    "select * from t for share",
    "select * from t for no key update", "select * from (select * from t for key share) x",
    "with x as (delete from t returning 1) select * from x",
    "with x as (insert into t values (1) returning 1) table x",
    "with a as (with b as (update t set a = 1 returning 1) select * from b) select * from a",
    "with x as (select 1) insert into t select * from x", "with x as (select 1) delete from t",
    "select set_config('transaction_read_only', 'off', false)", "select set_config('role', 'x', true)",
    "select pg_catalog.set_config('default_transaction_read_only', 'off', false)",
    "select \"set_config\"('role', 'x', true)", "select SET_CONFIG('role', 'x', true)",
    "select U&\"set\\005fconfig\"('role', 'x', true)", "select set_config(a, b, false) from t",
    "select set_config('ro' || 'le', 'x', false)", "select * from set_config('role', 'x', false)",
    "select 1 where (select set_config('role', 'x', false)) = 'x'", "values (set_config('role', 'x', false))",
    "select set_config(is_local => false, setting_name => 'role', new_value => 'x')",
    "select query_to_xml('select set_config(''role'', ''x'', false)', true, false, '')",
    "select lo_unlink(1)", "select hypopg_create_index('create index on t (a)')", "select hypopg_reset()",
    "select hypopg_get_indexdef(indexrelid) from hypopg()",
    "select pg_stat_statements_reset()", "select x.pg_stat_statements_reset(0, 0, 0)",
    "select pg_stat_reset()",
    "select pg_stat_reset_shared('bgwriter')", "select PG_RELOAD_CONF()", "select pg_switch_wal()",
    "select pg_file_write('a', 'b', false)", "select pg_drop_replication_slot('s')",
    "select pg_create_logical_replication_slot('s', 'pgoutput')",
    "select * from pg_logical_slot_get_changes('s', null, null)", "select pg_replication_origin_drop('o')",
    "select * from dblink('dbname=x', 'drop table t') x(a int)", "select dblink_exec('drop table t')",
    "select pg_notify('c', 'p')", "select pg_logical_emit_message(true, 'a', 'b')",
    "select pg_rotate_logfile()",
    "select pg_create_restore_point('p')", "select 1 where exists (select pg_promote())",
    "select heap_force_kill('t', array['(0,1)']::tid[])",
    "select * from aws_s3.query_export_to_s3('select 1', 'b')",
    // The same ways around it, in texts that libpg_query cannot read.
    "select 1_000 into x", "select *, 1_000 from (select 1) for update", "select * from (select 1) for share",
    "with x as (delete from t returning 1_0.0_0) select * from (table x)",
    "select * from (select set_config('role', 'x', false))",
    "select * from (select \"set_config\"('role', 'x', false))",
    "select * from (select U&\"set\\005fconfig\"('role', 'x', false))",
    "select * from (select query_to_xml('select 1', true, false, ''))",
    "select 1_000 from (select pg_reload_conf())",
  ])
  func `a query that does more than read is refused`(text: String) {
    #expect(refusal(text)?.code == .refused)
  }

  @Test(arguments: [
    "set transaction_read_only = off", "set default_transaction_read_only to off",
    "set session_authorization = x",
    "set role x", "set session authorization x", "set session_replication_role = replica",
    "set transaction read write", "set session characteristics as transaction read write", "reset all",
    "reset role", "reset default_transaction_read_only", "set names 'latin1'", "set client_encoding = 'sjis'",
    "set standard_conforming_strings = off", "set local transaction_read_only = off",
    "set \"transaction_read_only\" = off", "set log_statement = 'none'", "set row_security = off",
    "set role = 1_0.0_0.0", "set local role = 1..2", "set temp_tablespaces = x", "set my.own_cost = 1",
  ])
  func `a setting that is not on the list is refused`(text: String) {
    #expect(refusal(text)?.code == .refused)
  }

  @Test(arguments: [
    "begin read write", "start transaction read write", "begin isolation level serializable, read write",
    "prepare transaction 'x'", "commit prepared 'x'", "rollback prepared 'x'", "commit and chain",
    "rollback and chain",
  ])
  func `a transaction word that could write is refused`(text: String) {
    #expect(refusal(text)?.code == .refused)
  }

  @Test(arguments: [
    ("select 1; reindex table t", 10..<25), ("select 1;select 2;", 9..<18), ("begin; vacuum", 7..<13),
    ("select * from (select 1); vacuum", 26..<32), ("select (1; vacuum full", 11..<22),
    ("; select 1; drop table t", 12..<24), ("set work_mem = 1; set role x", 18..<28),
  ])
  func `two statements in one text are refused`(text: String, place: Range<Int>) {
    #expect(
      refusal(text)
        == DesignError(
          .secondStatement, "only one statement is sent at a time",
          hint: "send what follows the \";\" by itself", position: place))
  }

  @Test func `a text that is no SQL has PostgreSQL's own message`() {
    #expect(
      refusal("selekt 1") == DesignError(.syntax, "syntax error at or near \"selekt\"", position: 0..<6))
    #expect(refusal("select 'abc")?.message == "unterminated quoted string")
    #expect(refusal("select 1\0; vacuum")?.message == "the text holds a zero byte")
    #expect(refusal(" -- nothing\n;")?.message == "there is no statement")
  }

  @Test func `refusals say what to do instead`() {
    #expect(
      refusal("reindex table orders")
        == DesignError(
          .refused, "REINDEX is not sent from the analysis session",
          detail: "Raw SQL is for looking: SELECT, WITH, VALUES, TABLE, SHOW, SET and RESET of planner and "
            + "display settings, and transaction words.",
          hint: "use \"promote\" to make an index, and psql for everything else", position: 0..<7))
    #expect(
      refusal("create index on t (a)")?.hint
        == "try the index with \"hypo add\" before the statement, then make it with \"promote\"")
    #expect(refusal("with x as (delete from t returning 1) table x")?.position == 11..<17)
    #expect(refusal("select a, set_config('role', 'x', true)")?.position == 10..<20)
    #expect(refusal("set role x")?.message == "\"role\" cannot be set in the analysis session")
  }
}
