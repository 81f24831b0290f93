import Foundation
import Testing

/// Runs `body` on this thread with the file rights of a user who owns nothing, because no
/// permission holds root back; any other user keeps their own.
func asNobody<T>(_ body: () throws -> T) throws -> T {
  let symbol = try #require(dlsym(nil, "setfsuid"))
  typealias SetFileSystemUser = @convention(c) (uid_t) -> CInt
  let setFileSystemUser = unsafeBitCast(symbol, to: SetFileSystemUser.self)
  guard geteuid() == 0 else { return try body() }
  _ = setFileSystemUser(65_534)
  defer { _ = setFileSystemUser(0) }
  return try body()
}
