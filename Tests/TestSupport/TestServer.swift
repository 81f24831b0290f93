import Foundation
import Postgres

/// What the server under the tests has, asked of it: it may be any from PostgreSQL 13 on.
public enum TestServer {
  /// The major version, such as 15.
  public static let majorVersion =
    Int(value("SELECT current_setting('server_version_num')::int / 10000")) ?? 0
  /// The version of HypoPG that CREATE EXTENSION installs.
  public static let hypopg = version(of: "hypopg")
  /// The version of pg_stat_statements that CREATE EXTENSION installs.
  public static let statements = version(of: "pg_stat_statements")
  /// What doctor says of HypoPG's functions: whether it can hide real indexes.
  public static let functions =
    hypopg(isAtLeast: "1.4")
    ? "all, hiding of real indexes too" : "all; hiding real indexes needs HypoPG 1.4"

  /// Whether HypoPG is of this version or a later one.
  public static func hypopg(isAtLeast version: String) -> Bool {
    hypopg.compare(version, options: .numeric) != .orderedAscending
  }

  /// HypoPG's estimate of a size before 1.4.2, and since, where pages are counted otherwise.
  public static func estimate(_ before: String, _ since: String) -> String {
    hypopg(isAtLeast: "1.4.2") ? since : before
  }

  /// A text as pg_stat_statements keeps it: 16 hides the constants of a query inside another statement as well, and 18
  /// drops the comments in front.
  ///
  /// - Parameters:
  ///   - constants: the text from 16 on.
  ///   - since: the text from 18 on; nil when it is the same.
  public static func counted(_ before: String, from16 constants: String, from18 since: String? = nil)
    -> String
  {
    majorVersion >= 18 ? since ?? constants : majorVersion >= 16 ? constants : before
  }

  /// Whether a generated column can be computed when it is read.
  public static let hasVirtualColumns =
    value("SELECT count(*) FROM pg_get_keywords() WHERE word = 'virtual'") == "1"

  private static func version(of name: String) -> String {
    value("SELECT default_version FROM pg_available_extensions WHERE name = '\(name)'")
  }

  /// A test that compares with this fails where the server does not answer.
  private static func value(_ sql: String) -> String {
    (try? TestCluster.shared.execute(sql).value) ?? "no answer"
  }
}
