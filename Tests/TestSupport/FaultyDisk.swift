import CFaultyDisk

/// A disk on which the n-th write, sync, cut, link or rename of the calling thread fails, for Storage and for
/// SQLite alike.
public enum FaultyDisk {
  /// How it fails.
  public enum Kind: CaseIterable, Sendable {
    /// With an error of the disk, once.
    case error
    /// It is full from then on.
    case full
    /// A write is cut in its middle, and the next one finds the disk full.
    case short

    fileprivate var number: faulty_disk_kind {
      switch self {
      case .error: FAULTY_DISK_ERROR
      case .full: FAULTY_DISK_FULL
      case .short: FAULTY_DISK_SHORT
      }
    }
  }

  /// Runs `body` while the n-th call fails.
  ///
  /// - Parameter body: must stay on this thread.
  /// - Returns: what it gives, and whether there was an n-th call.
  public static func failing<T>(_ n: Int, _ kind: Kind, _ body: () throws -> T) -> (
    Result<T, any Error>, hit: Bool
  ) {
    faulty_disk_arm(n, kind.number)
    let result = Result { try body() }
    return (result, faulty_disk_disarm() >= n)
  }

  /// Calls `trial` for n from 1 on, until it says that there was no n-th call any more.
  ///
  /// - Parameter trial: arms the disk with `failing`, looks at what is left, and returns whether it was hit.
  /// - Returns: how many calls can fail.
  @discardableResult
  public static func forEachCall(_ trial: (_ n: Int) throws -> Bool) rethrows -> Int {
    var n = 1
    while try trial(n) { n += 1 }
    return n - 1
  }
}
