import Testing

@testable import Ledger

@Suite struct SHA256DigestTests {
  /// Source: FIPS 180-4 example values, NIST's "SHA256" examples.
  static let known = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test(arguments: known) func `published digests come out`(text: String, digest: String) {
    #expect(SHA256Digest(of: Array(text.utf8)).description == digest)
  }

  @Test func `a million letters have the published digest`() {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256Digest(of: letters).description
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `what was written is read back`() {
    let digest = SHA256Digest(of: [1, 2, 3])
    #expect(SHA256Digest(hexadecimal: Array(digest.description.utf8)) == digest)
    #expect(SHA256Digest.zeros.description == String(repeating: "0", count: 64))
  }

  @Test(arguments: [63, 65]) func `another length is no digest`(count: Int) {
    #expect(SHA256Digest(hexadecimal: [UInt8](repeating: UInt8(ascii: "0"), count: count)) == nil)
  }

  @Test(arguments: ["G", "A", " ", "/", ":", "`", "g"]) func `another digit is no digest`(digit: String) {
    let text = String(repeating: "0", count: 63) + digit
    #expect(SHA256Digest(hexadecimal: Array(text.utf8)) == nil)
  }
}
