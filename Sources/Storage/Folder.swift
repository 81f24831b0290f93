import Glibc

/// Folders: making them, and seeing to it that the names in them outlive the machine.
public enum Folder {
  /// The folder that a file is in, by its path: what is before the last name.
  public static func of(_ path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    return (path.hasPrefix("/") ? "/" : parts.isEmpty ? "." : "") + parts.joined(separator: "/")
  }

  /// Makes a folder, and those that it is in, as far as they are missing.
  ///
  /// - Parameter mode: who may enter those that are made; the owner alone as a rule.
  /// - Throws: `StorageError` with code `.cannotOpen` or `.diskFull`. One that is there is no error.
  public static func make(_ path: String, mode: UInt32 = 0o700) throws(StorageError) {
    var reason = makeOne(path, mode)
    if reason?.number == ENOENT, of(path) != path {
      try make(of(path), mode: mode)
      reason = makeOne(path, mode)
    }
    if let reason { throw StorageError(reason, .cannotOpen, "could not make the folder \"\(path)\"") }
  }

  private static func makeOne(_ path: String, _ mode: UInt32) -> SystemReason? {
    if mkdir(path, mode_t(mode)) == 0 { return nil }
    let reason = SystemReason()
    guard reason.number == EEXIST else { return reason }
    var facts = stat()
    guard stat(path, &facts) == 0 else { return SystemReason() }
    return facts.st_mode & S_IFMT == S_IFDIR ? nil : SystemReason(ENOTDIR)
  }

  /// Makes the names in a folder last; a file's contents are another matter.
  ///
  /// Source: fsync(2), which wants the folder too before a new name is safe.
  static func sync(_ path: String) throws(SystemReason) {
    do throws(SystemReason) { try OpenFile(path, O_RDONLY | O_DIRECTORY).sync() } catch {
      // Some file systems sync no folders, and say so.
      if error.number != EINVAL { throw error }
    }
  }
}
