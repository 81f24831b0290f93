import Foundation
import Glibc
package import Programs
import Storage

/// The folder of a private cluster: made here, marked as ours, and refused when it is not.
package struct ClusterFolder: Equatable, Sendable {
  /// The absolute path of the folder.
  package let path: String
  /// Whom the files belong to; nil means the user that this process runs as.
  package let owner: UserIdentity?

  /// The file whose presence says that hypo made the folder and may delete it.
  static let markerName = "made-by-hypo"
  static let marker = "A private PostgreSQL cluster made by hypo. Remove it with hypo, not by hand.\n"

  var markerPath: String { "\(path)/\(Self.markerName)" }
  package var data: String { "\(path)/data" }
  var log: String { "\(path)/server.log" }

  /// Whether the folder is there and carries our marker.
  var isOurs: Bool { FileManager.default.fileExists(atPath: markerPath) }

  /// Makes the folder and its marker, or sees that it is ours already.
  ///
  /// - Throws: `notOurs` for a folder with something else in it; `unusableDirectory`.
  package func make() throws(SandboxError) {
    if isOurs { return }
    let contents = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard contents.isEmpty else { throw notOurs() }
    do throws(StorageError) {
      try Folder.make(path, mode: 0o777)
      try ReplacedFile.write(Self.marker, to: markerPath)
    } catch {
      throw SandboxError(.unusableDirectory, error)
    }
    try own(path, mode: 0o700)
    try checkOwnerMayEnter()
  }

  /// Deletes the folder with all that is in it, when it is ours; a folder that is not there is no error.
  func remove() throws(SandboxError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard isOurs else { throw notOurs() }
    do throws(StorageError) {
      // The marker goes last, so that a removal that was interrupted can be done again.
      for name in try Folder.names(in: path) where name != Self.markerName {
        try Folder.remove("\(path)/\(name)")
      }
      try Folder.remove(path)
    } catch {
      throw SandboxError(.unusableDirectory, error)
    }
  }

  func notOurs() -> SandboxError {
    SandboxError(
      .notOurs, "\(path) was not made by hypo and is left alone",
      detail: "the file \(Self.markerName) is not in it", hint: "choose another folder, or move this one away"
    )
  }

  /// The folder of the server's socket: in the cluster's own folder when the name fits, else a short one.
  ///
  /// Source: unix(7), `sun_path` holds 108 bytes with the final zero.
  func socketFolder(port: Int) -> String {
    let inside = "\(path)/socket"
    if "\(inside)/.s.PGSQL.\(port)".utf8.count <= 107 { return inside }
    let hash = path.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    return "/tmp/hypo-\(owner?.uid ?? getuid())-\(String(hash, radix: 36))"
  }

  /// Makes the socket's folder, or sees that it is a folder of the right owner that others cannot enter.
  func makeSocketFolder(port: Int) throws(SandboxError) {
    let folder = socketFolder(port: port)
    if mkdir(folder, 0o700) == 0 { return try own(folder, mode: 0o700) }
    var facts = stat()
    // lstat: under /tmp somebody else may have put a link of that name.
    guard lstat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR,
      facts.st_uid == owner?.uid ?? getuid(), facts.st_mode & 0o077 == 0
    else {
      throw SandboxError(
        .unusableDirectory, "could not use \(folder) for the server's socket",
        detail: "it is not a folder of the server's user that only this user may enter",
        hint: "remove it, then start again")
    }
  }

  func own(_ path: String, mode: mode_t) throws(SandboxError) {
    let isOwned = owner.map { chown(path, $0.uid, $0.gid) == 0 } ?? true
    guard isOwned, chmod(path, mode) == 0 else {
      throw SandboxError(
        .unusableDirectory, "could not set the owner of \(path)", detail: SystemReason().words)
    }
  }

  /// hypo's own state folder, which the ledger and the history close to all others, lets the server's user
  /// pass through; what is in it stays closed.
  private func openedOwnStateFolder(_ path: String, _ facts: stat) -> Bool {
    path.hasSuffix("/hypo") && facts.st_uid == geteuid() && chmod(path, facts.st_mode | S_IXOTH) == 0
  }

  private func checkOwnerMayEnter() throws(SandboxError) {
    guard let owner else { return }
    var parent = URL(filePath: path).deletingLastPathComponent()
    while true {
      var facts = stat()
      guard stat(parent.path, &facts) == 0 else { return }
      let bit: mode_t =
        facts.st_uid == owner.uid ? S_IXUSR : owner.groups.contains(facts.st_gid) ? S_IXGRP : S_IXOTH
      if facts.st_mode & bit == 0, bit == S_IXOTH, openedOwnStateFolder(parent.path, facts) { continue }
      guard facts.st_mode & bit != 0 else {
        throw SandboxError(
          .unusableDirectory, "user \"\(owner.name)\" may not enter \(parent.path)",
          detail: "PostgreSQL does not run as root, so hypo runs it as \"\(owner.name)\"",
          hint: "choose a folder that every user may reach, such as one under /var/lib")
      }
      if parent.path == "/" { return }
      parent.deleteLastPathComponent()
    }
  }
}
