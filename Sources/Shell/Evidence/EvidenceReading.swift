import Ledger
import Reports
import Storage

/// Reads a file, or a pipe, through the check of evidence.
enum EvidenceReading {
  /// What the check has found.
  ///
  /// - Parameter isCancelled: asked before each piece, and ten times a second while a pipe gives nothing.
  /// - Throws: `Failure` when the file cannot be read, or with status `.cancelled`.
  static func finding(of path: String, isCancelled: () -> Bool) throws(Failure) -> EvidenceFinding {
    var check = EvidenceCheck()
    let isRead: Bool
    do throws(StorageError) {
      isRead = try FileReading.pieces(of: path, while: { !isCancelled() }) { piece in
        check.take(piece)
        return check.fault == nil
      }
    } catch {
      throw Failure(error)
    }
    guard isRead else { throw Failure(.cancelled, "interrupted while \"\(path)\" was read") }
    return check.finish()
  }
}
