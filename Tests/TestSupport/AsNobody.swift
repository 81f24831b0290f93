import Foundation

/// Runs `body` on this thread with the file rights of a user who owns nothing, because no
/// permission holds root back; any other user keeps their own.
public func asNobody<T>(_ body: () throws -> T) throws -> T {
  guard geteuid() == 0 else { return try body() }
  // Swift's Glibc does not show the call, which concerns only the thread that makes it.
  guard let symbol = dlsym(nil, "setfsuid") else { throw POSIXError(.ENOSYS) }
  typealias SetFileSystemUser = @convention(c) (uid_t) -> CInt
  let setFileSystemUser = unsafeBitCast(symbol, to: SetFileSystemUser.self)
  _ = setFileSystemUser(65_534)
  defer { _ = setFileSystemUser(0) }
  return try body()
}
