internal import CLibCrypto

/// The SHA-256 of some bytes.
///
/// Source: FIPS 180-4; OpenSSL manual, `SHA256`.
public struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
  /// 64 zeros, which stand where there is nothing before.
  public static let zeros = SHA256Digest(octets: [UInt8](repeating: 0, count: 32))

  private let octets: [UInt8]

  private init(octets: [UInt8]) { self.octets = octets }

  /// Digests `bytes`.
  public init(of bytes: UnsafeRawBufferPointer) {
    octets = [UInt8](unsafeUninitializedCapacity: 32) { result, count in
      // C wants an address also for no bytes at all.
      withUnsafePointer(to: UInt8(0)) { nothing in
        let start = bytes.bindMemory(to: UInt8.self).baseAddress ?? nothing
        _ = SHA256(start, bytes.count, result.baseAddress)
      }
      count = 32
    }
  }

  /// Digests `bytes`.
  public init(of bytes: [UInt8]) { self = bytes.withUnsafeBytes { SHA256Digest(of: $0) } }

  /// Reads the form that `description` writes; nil for everything else.
  init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 64 else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(32)
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high { octets.append(first << 4 | value) }
      high = high == nil ? value : nil
    }
    self.octets = octets
  }

  /// The 64 hexadecimal digits, letters small.
  public var description: String { String(decoding: hexadecimal, as: UTF8.self) }

  var hexadecimal: [UInt8] {
    let digits = StaticString("0123456789abcdef")
    return digits.withUTF8Buffer { digits in octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] } }
  }
}
