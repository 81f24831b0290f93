/// Puts characters together from the bytes of UTF-8 as they come; invalid ones are dropped.
struct ScalarAssembler {
  private var pending: [UInt8] = []

  /// The character that `byte` completes; nil when more bytes are needed or this one is invalid.
  mutating func add(_ byte: UInt8) -> Unicode.Scalar? {
    if byte & 0xC0 != 0x80 { pending = [] } else if pending.isEmpty { return nil }
    pending.append(byte)
    guard pending.count >= Self.length(leadBy: pending[0]) else { return nil }
    defer { pending = [] }
    return String(validating: pending, as: UTF8.self)?.unicodeScalars.first
  }

  private static func length(leadBy byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
