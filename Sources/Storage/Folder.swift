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

  /// The names of what is in a folder, in no order.
  ///
  /// - Throws: `StorageError` with code `.cannotOpen`.
  public static func names(in path: String) throws(StorageError) -> [String] {
    do throws(SystemReason) { return try allNames(in: path) } catch {
      throw StorageError(error, .cannotOpen, "could not read the folder \"\(path)\"")
    }
  }

  private static func allNames(in path: String) throws(SystemReason) -> [String] {
    guard let folder = opendir(path) else { throw SystemReason() }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a file, or a folder with all that is in it; a symbolic link goes, and what it leads to stays.
  ///
  /// - Throws: `StorageError` with code `.notWritable`; what was removed before stays so.
  public static func remove(_ path: String) throws(StorageError) {
    do throws(SystemReason) { try removeAll(path) } catch {
      throw StorageError(error, .notWritable, "could not remove \"\(path)\"")
    }
  }

  private static func removeAll(_ path: String) throws(SystemReason) {
    if unlink(path) == 0 { return }
    let reason = SystemReason()
    // Linux's answer for a folder.
    guard reason.number == EISDIR else { throw reason }
    for name in try allNames(in: path) { try removeAll("\(path)/\(name)") }
    guard rmdir(path) == 0 else { throw SystemReason() }
  }

  /// Gives a folder another name on the same disk, in one step that lasts.
  ///
  /// - Throws: `StorageError` with code `.notWritable` or `.diskFull`. A folder of the new name is in the way only
  ///   when something is in it.
  public static func rename(_ path: String, to name: String) throws(StorageError) {
    do throws(SystemReason) {
      guard Glibc.rename(path, name) == 0 else { throw SystemReason() }
      try sync(of(name))
    } catch {
      throw StorageError(error, .notWritable, "could not rename \"\(path)\" to \"\(name)\"")
    }
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
