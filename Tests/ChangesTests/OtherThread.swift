import Foundation
import Synchronization

/// Work on a thread of its own, for the tests' own threads are few and all of them may wait for a server.
final class OtherThread<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let ended = DispatchSemaphore(value: 0)

  /// Begins the work.
  init(_ work: @escaping @Sendable () throws -> Value) {
    Thread.detachNewThread { [self] in
      let found = Result { try work() }
      result.withLock { $0 = found }
      ended.signal()
    }
  }

  /// What the work gave, awaited for two minutes.
  func value() throws -> Value {
    guard ended.wait(timeout: .now() + 120) == .success, let found = result.withLock({ $0 }) else {
      throw TestProblem("the other thread has not ended")
    }
    ended.signal()
    return try found.get()
  }
}
