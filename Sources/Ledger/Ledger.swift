import Foundation
import GRDB
public import IndexDesign
import Storage

/// The records that outlive a session, in one SQLite file that several shells share.
///
/// Nothing is opened before it is needed, and reading makes neither file nor folder. What was
/// written stays: the tables refuse to be rewritten.
public final class Ledger {
  /// The file.
  public var path: String { file.path }
  let clock: () -> Timestamp
  private let file: SQLiteFile

  /// Names the file, which is opened or made when it is first needed.
  ///
  /// - Parameter clock: The time that records are stamped with.
  public init(path: String, clock: @escaping () -> Timestamp = Ledger.systemTime) {
    self.clock = clock
    file = SQLiteFile(path: path, named: "the ledger", migrator: LedgerSchema.migrator)
  }

  /// `${XDG_STATE_HOME:-~/.local/state}/hypo/ledger.sqlite`.
  ///
  /// - Throws: `LedgerError` with code `.noPlace` when no folder can be named.
  public static func defaultPath(environment: [String: String]) throws(LedgerError) -> String {
    do throws(StorageError) {
      return try StateFolder(environment: environment, for: "the ledger").path + "/ledger.sqlite"
    } catch {
      throw LedgerError(error)
    }
  }

  /// The time of the system's clock.
  public static func systemTime() -> Timestamp {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(microsecondsSinceEpoch: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
  }

  /// Reads; `absent` when there is no ledger yet.
  func read<T>(
    _ what: String, absent: T, _ body: (Database) throws -> T
  ) throws(LedgerError) -> T {
    do { return try file.read(what, body) ?? absent } catch {
      throw LedgerError(error, while: "could not read \(what) from the ledger \"\(path)\"")
    }
  }

  /// Writes in one transaction that is on disk when this returns.
  func write<T>(_ what: String, _ body: (Database) throws -> T) throws(LedgerError) -> T {
    do { return try file.write(what, body) } catch {
      throw LedgerError(error, while: "could not write \(what) to the ledger \"\(path)\"")
    }
  }
}
