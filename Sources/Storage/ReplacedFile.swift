import Glibc

/// A file that is there as a whole or not at all: it is written beside its place and put there at the end.
///
///     let file = try ReplacedFile("report.html")
///     try file.write(text)
///     try file.finish()
///
/// Until `finish` returns, and whatever fails before, what was at the path is as it was.
public final class ReplacedFile {
  private let path: String
  private let name: String
  private let replaces: Bool
  private let isPrivate: Bool
  private var temporary: String
  private let file: OpenFile

  /// Makes sure that the file can be written, before any work is done for it.
  ///
  /// - Parameters:
  ///   - path: the file; a link stays one, and what it leads to is replaced.
  ///   - name: how messages call the file; nil is the path.
  ///   - replaces: whether an existing file is replaced.
  ///   - isPrivate: whether only its owner may read it; otherwise it gets the mode of the file that it
  ///     replaces, or what the user's mask leaves.
  /// - Throws: `StorageError` with code `.exists`, `.notAFile`, `.noFolder`, or `.notWritable` and others when
  ///   the operating system refuses.
  public init(
    _ path: String, named name: String? = nil, replaces: Bool = true, isPrivate: Bool = false
  ) throws(StorageError) {
    (self.name, self.replaces, self.isPrivate) = (name ?? path, replaces, isPrivate)
    self.path = realPath(path)
    let task = "could not write \"\(self.name)\""
    var facts = stat()
    if stat(self.path, &facts) == 0 {
      if facts.st_mode & S_IFMT == S_IFDIR {
        throw StorageError(.notAFile, "\(task): it is a folder", hint: "name a file in it")
      }
      if facts.st_mode & S_IFMT != S_IFREG {
        throw StorageError(
          .notAFile, "\(task): it is a device, a pipe or a socket",
          hint: "name a file, which can be replaced as a whole")
      }
      if !replaces { throw StorageError(.exists, "\(task): it exists already") }
    }
    let folder = Folder.of(self.path)
    guard stat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      throw StorageError(
        .noFolder, "\(task): there is no folder \"\(folder)\"",
        hint: "make the folder first, or name another one")
    }
    let last = self.path.split(separator: "/").last ?? ""
    do throws(SystemReason) {
      (file, temporary) = try OpenFile.new(beginning: "\(folder)/.\(last.prefix(60))")
    } catch {
      var error = StorageError(error, .notWritable, task)
      error.hint = error.hint ?? "name a file in a folder that you may write to"
      throw error
    }
  }

  /// Puts a whole text into a file, or leaves the file as it is.
  ///
  /// - Parameter isPrivate: whether only its owner may read it.
  /// - Throws: `StorageError`.
  public static func write(
    _ text: String, to path: String, isPrivate: Bool = false
  ) throws(StorageError) {
    let file = try ReplacedFile(path, isPrivate: isPrivate)
    try file.write(text)
    try file.finish()
  }

  deinit { if !temporary.isEmpty { unlink(temporary) } }

  /// Adds bytes at the end.
  ///
  /// - Throws: `StorageError`; the file cannot be finished then.
  public func write(_ bytes: [UInt8]) throws(StorageError) {
    do throws(SystemReason) { try file.write(bytes) } catch { throw failure(error) }
  }

  /// Adds text at the end.
  ///
  /// - Throws: `StorageError`; the file cannot be finished then.
  public func write(_ text: String) throws(StorageError) { try write(Array(text.utf8)) }

  /// Puts the file in its place, on disk when this returns. Without this it is gone with the object.
  ///
  /// - Throws: `StorageError`; with code `.exists` when somebody else has made the file meanwhile, and with code
  ///   `.other` when it is in its place and only the disk did not confirm that.
  public func finish() throws(StorageError) {
    do throws(SystemReason) {
      guard fchmod(file.descriptor, mode()) == 0 else { throw SystemReason() }
      try file.sync()
      if replaces {
        guard rename(temporary, path) == 0 else { throw SystemReason() }
        temporary = ""
      } else {
        guard link(temporary, path) == 0 else { throw SystemReason() }
      }
    } catch {
      throw failure(error)
    }
    do throws(SystemReason) { try Folder.sync(Folder.of(path)) } catch {
      var error = StorageError(
        error, .other, "\"\(name)\" was written, but may be gone after a crash of the machine")
      error.hint = error.hint ?? "look at the disk of \"\(path)\""
      throw error
    }
  }

  private func mode() -> mode_t {
    if isPrivate { return 0o600 }
    var facts = stat()
    if stat(path, &facts) == 0 { return facts.st_mode & 0o777 }
    // What a new file may be is the user's mask to say, which can only be read by setting it.
    let mask = umask(0)
    umask(mask)
    return 0o666 & ~mask
  }

  private func failure(_ reason: SystemReason) -> StorageError {
    var error = StorageError(
      reason, reason.number == EEXIST ? .exists : .notWritable, "could not write \"\(name)\"")
    if error.code == .notWritable { error.hint = "the file was not written" }
    return error
  }
}

/// The path of the file that a path leads to, also when the file itself is yet to be made.
func realPath(_ path: String) -> String {
  if let whole = resolved(path) { return whole }
  // A link whose target is missing is to be filled, not replaced.
  var target = [CChar](repeating: 0, count: Int(PATH_MAX))
  let length = readlink(path, &target, target.count - 1)
  if length > 0 {
    let text = String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.hasPrefix("/") ? text : "\(Folder.of(path))/\(text)"
  }
  guard let folder = resolved(Folder.of(path)), let last = path.split(separator: "/").last else {
    return path.hasPrefix("/") ? path : (resolved(".") ?? ".") + "/" + path
  }
  return folder == "/" ? "/\(last)" : "\(folder)/\(last)"
}

private func resolved(_ path: String) -> String? {
  realpath(path, nil).map { name in
    defer { free(name) }
    return String(cString: name)
  }
}
