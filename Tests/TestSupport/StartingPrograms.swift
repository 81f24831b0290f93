import Foundation
import Programs
import Synchronization

/// Runs `body` while two threads start one program after the other: each child has all that this process has open
/// until it becomes its program.
public func whileProgramsStart(_ body: () throws -> Void) rethrows {
  let isOver = Atomic(false)
  let started = DispatchGroup()
  for _ in 0..<2 {
    let thread = Thread {
      while !isOver.load(ordering: .relaxed) { _ = try? Program("/bin/true").output() }
      started.leave()
    }
    started.enter()
    thread.start()
  }
  defer {
    isOver.store(true, ordering: .relaxed)
    started.wait()
  }
  try body()
}
