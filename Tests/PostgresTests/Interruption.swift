import Glibc
import Postgres

/// A pipe that stands for Ctrl-C.
final class Interruption {
  private var ends: [CInt] = [-1, -1]

  init() throws {
    guard pipe(&ends) == 0 else { throw PipeError() }
  }

  deinit { for end in ends { close(end) } }

  func ask() { _ = write(ends[1], "x", 1) }

  var interrupts: Interrupts {
    let end = ends[0]
    return Interrupts(fileDescriptor: end) {
      var byte: UInt8 = 0
      return read(end, &byte, 1) == 1
    }
  }

  private struct PipeError: Error {}
}
