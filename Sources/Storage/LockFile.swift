import Glibc

/// A lock that processes of one machine hold one at a time; the file is gone when nobody holds it.
public struct LockFile: ~Copyable {
  private let file: OpenFile
  private let path: String

  /// Takes the lock, waiting for its holder.
  ///
  /// - Parameters:
  ///   - path: where the lock's file is made.
  ///   - whileWaiting: called about ten times a second while somebody else holds the lock; false gives up.
  /// - Throws: `StorageError` with code `.busy` when given up, `.cannotOpen` when the file cannot be made.
  public init(_ path: String, whileWaiting: () -> Bool) throws(StorageError) {
    self.path = path
    while true {
      do throws(SystemReason) {
        let file = try OpenFile(path, O_CREAT | O_RDWR)
        try file.lock(waits: false)
        if OpenFile.Identity(of: path) == OpenFile.Identity(try file.facts()) {
          self.file = file
          return
        }
        // Its holder has let go of it and removed the name.
        continue
      } catch {
        guard error.number == EWOULDBLOCK else {
          throw StorageError(error, .cannotOpen, "could not make the lock file \"\(path)\"")
        }
      }
      guard whileWaiting() else {
        throw StorageError(.busy, "could not lock \"\(path)\": another process holds it")
      }
      usleep(100_000)
    }
  }

  deinit {
    // Unlinked while it is held: whoever opened it meanwhile sees that the name is gone and starts over.
    unlink(path)
  }
}
