import Glibc

/// A lock that processes of one machine hold one at a time; the file is gone when nobody holds it.
struct FileLock: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Takes the lock, waiting for its holder.
  ///
  /// - Parameters:
  ///   - path: where the lock's file is made.
  ///   - whileWaiting: called about ten times a second while somebody else holds the lock; false gives up.
  /// - Throws: `unusableDirectory` when the file cannot be made, `busy` when given up.
  init(_ path: String, whileWaiting: () -> Bool) throws(SandboxError) {
    self.path = path
    while true {
      let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw SandboxError(
          .unusableDirectory, "could not make the lock file \(path)", detail: String(cString: strerror(errno))
        )
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isStill(path, descriptor) {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
      guard whileWaiting() else {
        throw SandboxError(
          .busy, "another hypo works on this sandbox", hint: "wait until it is done, then try again")
      }
      usleep(100_000)
    }
  }

  deinit {
    // Unlinked while it is held: whoever opened it meanwhile sees that the name is gone and starts over.
    unlink(path)
    close(descriptor)
  }

  private static func isStill(_ path: String, _ descriptor: Int32) -> Bool {
    var named = stat()
    var opened = stat()
    return stat(path, &named) == 0 && fstat(descriptor, &opened) == 0 && named.st_ino == opened.st_ino
      && named.st_dev == opened.st_dev
  }
}
