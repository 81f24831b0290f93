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
  static func find() throws -> UInt16 {
    let (descriptor, port) = try listening()
    close(descriptor)
    return port
  }

  static func listening() throws -> (descriptor: CInt, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let answer = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard answer else { throw PortError() }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private struct PortError: Error {}
}
