/// What functions do that no transaction holds back: read-only ones run them, and a rollback does not undo them.
///
/// Source: PostgreSQL manual, "System Administration Functions", "Statistics Functions" and the modules of contrib;
/// Amazon Aurora, "aws_s3" and "aws_lambda".
public enum OutsideEffect {
  /// What a function does, as what follows its name in a sentence; nil for one that is not known to do anything.
  ///
  /// - Parameter name: the function's name without its schema, as the server folds it.
  public static func words(of name: String) -> String? {
    if let words = effects[name] { return words }
    return beginnings.first { name.hasPrefix($0.beginning) }?.words
  }

  /// Whether a function ends or holds up other people's work; raw SQL may do so, a plan may not.
  public static func disturbs(_ name: String) -> Bool {
    words(of: name) != nil || ["pg_terminate_backend", "pg_cancel_backend", "set_config"].contains(name)
      || ["pg_sleep", "pg_advisory", "pg_try_advisory", "lo_"].contains(where: name.hasPrefix)
  }

  private static let resets = "resets what others measure"
  private static let server = "acts on the whole server"
  private static let files = "changes the server's files"
  private static let replication = "acts on replication"
  private static let repairs = "changes what is stored, whatever the transaction allows"
  private static let leaves = "runs SQL where no transaction of this session holds it back"

  private static let beginnings: [(beginning: String, words: String)] = [
    ("pg_stat_reset", resets), ("pg_stat_statements_reset", resets), ("pg_wait_sampling_reset", resets),
    ("pg_stat_kcache_reset", resets), ("pg_qualstats_reset", resets), ("pg_stat_monitor_reset", resets),
    ("pg_file_", files), ("pg_rotate_logfile", server), ("pg_buffercache_evict", server),
    ("heap_force_", repairs),
    ("pg_restore_", repairs), ("pg_clear_", repairs), ("dblink", leaves),
  ]

  private static let effects: [String: String] = {
    let kinds: [(words: String, names: [String])] = [
      (
        server,
        [
          "pg_reload_conf", "pg_switch_wal", "pg_create_restore_point", "pg_promote", "pg_wal_replay_pause",
          "pg_wal_replay_resume", "pg_start_backup", "pg_stop_backup", "pg_backup_start", "pg_backup_stop",
          "pg_log_backend_memory_contexts", "pg_log_standby_snapshot", "pg_import_system_collations",
        ]
      ),
      (
        replication,
        [
          "pg_create_physical_replication_slot", "pg_create_logical_replication_slot",
          "pg_copy_physical_replication_slot", "pg_copy_logical_replication_slot", "pg_drop_replication_slot",
          "pg_replication_slot_advance", "pg_sync_replication_slots", "pg_logical_slot_get_changes",
          "pg_logical_slot_get_binary_changes", "pg_replication_origin_create", "pg_replication_origin_drop",
          "pg_replication_origin_advance", "pg_replication_origin_session_setup",
          "pg_replication_origin_session_reset", "pg_replication_origin_xact_setup",
          "pg_replication_origin_xact_reset",
        ]
      ),
      ("sends a message to others", ["pg_notify", "pg_logical_emit_message"]),
      (
        repairs,
        [
          "pg_truncate_visibility_map", "gin_clean_pending_list", "brin_summarize_new_values",
          "brin_summarize_range", "brin_desummarize_range",
        ]
      ),
      (leaves, ["query_export_to_s3", "table_import_from_s3", "pg_background_launch"]),
    ]
    return Dictionary(kinds.flatMap { kind in kind.names.map { ($0, kind.words) } }) { first, _ in first }
  }()
}
