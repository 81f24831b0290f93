/// The server settings that a person may change in the analysis session.
///
/// An allow list: what the planner considers, what it costs, how values look, and time-outs. Nothing on it
/// can make the session write, act as another role or read text another way.
public enum AnalysisSetting {
  /// Whether `name`, in any case of letters, is on the list.
  public static func isAllowed(_ name: String) -> Bool {
    let name = Identifier.folded(name)
    return exact.contains(name) || name.hasPrefix("enable_") || name.hasPrefix("hypopg.")
      || (name.hasSuffix("_cost") && !name.contains("."))
  }

  private static let exact: Set<String> = [
    // Planning.
    "work_mem", "hash_mem_multiplier", "effective_cache_size", "effective_io_concurrency", "random_page_cost",
    "plan_cache_mode", "constraint_exclusion", "cursor_tuple_fraction", "from_collapse_limit",
    "join_collapse_limit", "recursive_worktable_factor", "geqo", "geqo_threshold", "geqo_effort",
    "geqo_pool_size", "geqo_generations", "geqo_selection_bias", "geqo_seed", "jit", "jit_above_cost",
    "jit_inline_above_cost", "jit_optimize_above_cost", "jit_expressions", "jit_tuple_deforming",
    "max_parallel_workers_per_gather", "max_parallel_workers", "parallel_leader_participation",
    "min_parallel_table_scan_size", "min_parallel_index_scan_size", "force_parallel_mode",
    "debug_parallel_query",
    // Showing.
    "datestyle", "timezone", "intervalstyle", "extra_float_digits", "bytea_output", "lc_monetary",
    "lc_numeric", "lc_time", "xmlbinary", "xmloption", "client_min_messages", "application_name",
    // Names and patience.
    "search_path", "statement_timeout", "lock_timeout",
  ]
}
