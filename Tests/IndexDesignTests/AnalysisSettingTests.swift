import IndexDesign
import Testing

@Suite struct AnalysisSettingTests {
  @Test(arguments: [
    "enable_seqscan", "Enable_SeqScan", "random_page_cost", "cpu_operator_cost", "parallel_setup_cost",
    "work_mem", "effective_cache_size", "plan_cache_mode", "jit", "geqo_threshold", "join_collapse_limit",
    "max_parallel_workers_per_gather", "constraint_exclusion", "DateStyle", "TimeZone", "IntervalStyle",
    "extra_float_digits", "bytea_output", "search_path", "statement_timeout", "lock_timeout",
    "hypopg.enabled", "application_name",
  ])
  func `planner and display settings may be changed`(name: String) {
    #expect(AnalysisSetting.isAllowed(name))
  }

  @Test(arguments: [
    "transaction_read_only", "default_transaction_read_only", "TRANSACTION_READ_ONLY",
    "transaction_isolation",
    "session_authorization", "role", "session_replication_role", "client_encoding",
    "standard_conforming_strings", "backslash_quote", "row_security", "jit_provider", "jit_dump_bitcode",
    "local_preload_libraries", "session_preload_libraries", "log_statement", "default_tablespace",
    "check_function_bodies", "idle_in_transaction_session_timeout", "vacuum_cost_delay", "my.fake_cost", "",
  ])
  func `no other setting may`(name: String) {
    #expect(!AnalysisSetting.isAllowed(name))
  }
}
