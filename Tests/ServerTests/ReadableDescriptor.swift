import Glibc

/// A pipe with a byte in it that nobody takes out.
final class ReadableDescriptor {
  private var ends: [CInt] = [-1, -1]

  init() throws {
    guard pipe(&ends) == 0, write(ends[1], "x", 1) == 1 else { throw PipeError() }
  }

  deinit { for end in ends { close(end) } }

  var descriptor: CInt { ends[0] }

  private struct PipeError: Error {}
}
