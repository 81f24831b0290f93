internal import CLibCrypto
internal import Glibc

/// The SHA-256 of some bytes.
///
/// Source: FIPS 180-4; OpenSSL manual, `SHA256`.
public struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
  /// 64 zeros, which stand where there is nothing before.
  public static let zeros = SHA256Digest(digits: [UInt8](repeating: UInt8(ascii: "0"), count: 64))

  /// The 64 hexadecimal digits in ASCII, letters small.
  let digits: [UInt8]

  private init(digits: [UInt8]) { self.digits = digits }

  /// Digests `bytes`.
  public init(of bytes: UnsafeRawBufferPointer) {
    let octets = [UInt8](unsafeUninitializedCapacity: 32) { result, count in
      // C wants an address also for no bytes at all.
      withUnsafePointer(to: UInt8(0)) { nothing in
        let start = bytes.bindMemory(to: UInt8.self).baseAddress ?? nothing
        _ = SHA256(start, bytes.count, result.baseAddress)
      }
      count = 32
    }
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for octet in octets {
      digits.append(Self.digit(octet >> 4))
      digits.append(Self.digit(octet & 15))
    }
    self.digits = digits
  }

  /// Digests `bytes`.
  public init(of bytes: [UInt8]) { self = bytes.withUnsafeBytes { SHA256Digest(of: $0) } }

  /// Reads the form that `description` writes; nil for everything else.
  init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 64,
      digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.digits = Array(digits)
  }

  /// Whether `digits` are this digest's.
  func isWritten(in digits: UnsafeRawBufferPointer) -> Bool {
    guard digits.count == 64, let start = digits.baseAddress else { return false }
    return memcmp(start, self.digits, 64) == 0
  }

  /// The 64 hexadecimal digits, letters small.
  public var description: String { String(decoding: digits, as: UTF8.self) }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
