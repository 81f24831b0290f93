import Glibc

/// A TCP port of this machine on which somebody listens and never answers.
final class SilentServer {
  let port: UInt16
  private let descriptor: CInt

  init() throws { (descriptor, port) = try FreePort.listening() }

  deinit { close(descriptor) }
}

/// A TCP port of this machine on which nobody listens.
enum FreePort {
  /// One below those that the system hands out itself, so that no socket of another test gets it meanwhile.
  static func find() throws -> UInt16 {
    for _ in 0..<100 {
      guard let (descriptor, port) = try? listening(on: .random(in: 12_000..<32_000)) else { continue }
      close(descriptor)
      return port
    }
    throw PortError()
  }

  /// - Parameter port: 0 for one that the system chooses.
  static func listening(on port: UInt16 = 0) throws -> (descriptor: CInt, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let answer = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard answer else {
      close(descriptor)
      throw PortError()
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private struct PortError: Error {}
}
