import Glibc
import Storage

/// A user of this system, as which a program may run when we are root.
public struct UserIdentity: Equatable, Sendable {
  /// The user's name.
  public var name: String
  /// The numeric user id.
  public var uid: UInt32
  /// The numeric id of the user's primary group.
  public var gid: UInt32
  /// Every group that the user is in, primary group included.
  public var groups: [UInt32]
  /// The user's home folder.
  public var home: String

  /// Looks a user up by name.
  ///
  /// - Throws: `ProgramError.Code.unknownUser` when the system knows no such user.
  public static func named(_ name: String) throws(ProgramError) -> UserIdentity {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    let code = getpwnam_r(name, &entry, &buffer, buffer.count, &found)
    guard code == 0, found != nil else {
      throw ProgramError(
        .unknownUser, "user \"\(name)\" does not exist",
        detail: code == 0 ? nil : SystemReason(code).words)
    }
    return UserIdentity(entry)
  }

  /// The user that this process runs as, by its effective id; nil when the system has no entry for it.
  public static var current: UserIdentity? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
    return UserIdentity(entry)
  }

  /// Whether this process is root and may therefore become other users.
  public static var isRoot: Bool { geteuid() == 0 }

  private init(_ entry: passwd) {
    self.name = String(cString: entry.pw_name)
    self.uid = entry.pw_uid
    self.gid = entry.pw_gid
    self.home = String(cString: entry.pw_dir)
    var count: Int32 = 256
    var list = [gid_t](repeating: 0, count: Int(count))
    let result = getgrouplist(entry.pw_name, entry.pw_gid, &list, &count)
    self.groups = result < 0 ? [entry.pw_gid] : Array(list.prefix(Int(count)))
  }
}
