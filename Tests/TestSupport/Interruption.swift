import Glibc
public import IndexDesign

/// A pipe that stands for Ctrl-C.
public final class Interruption: Sendable {
  /// Readable from `ask` on, until `take`.
  public let descriptor: CInt
  private let asking: CInt

  /// The pipe could not be made.
  private struct PipeError: Error {}

  /// A pipe in which nothing is yet.
  public init() throws {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0, fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 else { throw PipeError() }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (descriptor, asking) = (ends[0], ends[1])
  }

  deinit { for end in [descriptor, asking] { close(end) } }

  /// For whatever waits, as Ctrl-C is in the shell.
  public var interrupts: Interrupts { Interrupts(fileDescriptor: descriptor) { self.take() } }

  /// What a person does with Ctrl-C.
  public func ask() { _ = write(asking, "x", 1) }

  /// Takes what was asked once; it does not wait.
  ///
  /// - Returns: whether something was asked.
  public func take() -> Bool {
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) == 1
  }
}
