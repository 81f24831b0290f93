import Foundation
import Glibc

/// A file that is there as a whole or not at all: it is written beside its place and put there at the end.
final class OutputFile {
  /// The file's name, as it was typed.
  let name: String
  private let path: String
  private let overwrites: Bool
  private var temporary: String
  private let descriptor: CInt

  /// Makes sure that the file can be written, before any work is done for it.
  ///
  /// - Parameters:
  ///   - name: the path as it was typed; `~` is the home folder.
  ///   - overwrites: whether an existing file is replaced.
  /// - Throws: `Failure` with what is in the way.
  init(_ name: String, overwrites: Bool, home: String?) throws(Failure) {
    self.name = name
    self.overwrites = overwrites
    // A link stays one; what it points to is replaced.
    path = URL(fileURLWithPath: name.withHome(home)).resolvingSymlinksInPath().path
    let folder = (path as NSString).deletingLastPathComponent
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue {
        throw Self.failure(name, "it is a folder", hint: "name a file in it")
      }
      if !overwrites { throw Self.exists(name) }
    }
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw Self.failure(
        name, "there is no folder \"\(folder)\"", hint: "make the folder first, or name another one")
    }
    var template = Array("\(folder)/.\((path as NSString).lastPathComponent.prefix(60))-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else {
      throw Self.failure(
        name, Self.reason(errno), hint: "name a file in a folder that \(NSUserName()) may write to")
    }
  }

  deinit {
    close(descriptor)
    if !temporary.isEmpty { unlink(temporary) }
  }

  /// Adds text at the end.
  func write(_ text: String) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw Self.failure(name, Self.reason(errno), hint: "the file was not written")
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Puts the file in its place. Without this it is gone with the object.
  func finish() throws(Failure) {
    // What a new file may be is the user's mask to say, which can only be read by setting it.
    let mask = umask(0)
    umask(mask)
    var facts = stat()
    let mode = stat(path, &facts) == 0 ? facts.st_mode & 0o777 : 0o666 & ~mask
    fchmod(descriptor, mode)
    if overwrites {
      guard rename(temporary, path) == 0 else { throw Self.failure(name, Self.reason(errno), hint: nil) }
      temporary = ""
    } else if link(temporary, path) != 0 {
      // Somebody else was quicker.
      throw errno == EEXIST ? Self.exists(name) : Self.failure(name, Self.reason(errno), hint: nil)
    }
  }

  private static func exists(_ name: String) -> Failure {
    failure(name, "it exists already", hint: ">! \(name) replaces it")
  }

  private static func failure(_ name: String, _ why: String, hint: String?) -> Failure {
    Failure(.script, "could not write \"\(name)\": \(why)", hint: hint)
  }

  private static func reason(_ number: CInt) -> String {
    switch number {
    case EACCES, EPERM: "permission denied"
    case ENOSPC, EDQUOT: "the disk is full"
    case EROFS: "the file system is read only"
    default: String(cString: strerror(number)).lowercased()
    }
  }
}

extension String {
  /// A path as it was typed, with the home folder in the place of a leading `~/`.
  ///
  /// - Parameter home: the home folder; nil when none is known, which leaves the path as it is.
  func withHome(_ home: String?) -> String {
    guard hasPrefix("~/"), let home else { return self }
    return home + dropFirst()
  }
}
