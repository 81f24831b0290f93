import IndexDesign
import Testing

@Suite struct ChangeServerFingerprintTests {
  let known = ChangeExample.server

  func changed(_ change: (inout ServerFingerprint) -> Void) -> ServerFingerprint {
    var copy = known
    change(&copy)
    return copy
  }

  @Test func `role and version do not matter`() {
    #expect(
      known.matches(
        changed {
          $0.user = "other"; $0.serverVersion = "16.1"
        }))
  }

  @Test func `another database of the same server is another place`() {
    #expect(!known.matches(changed { $0.database = "stock" }))
  }

  @Test func `the system identifier decides when both have one`() {
    #expect(
      known.matches(
        changed {
          $0.host = "10.0.0.5"; $0.port = 6432
        }))
    #expect(!known.matches(changed { $0.systemIdentifier = "9" }))
  }

  @Test func `without it host and port decide`() {
    #expect(known.matches(changed { $0.systemIdentifier = nil }))
    #expect(
      !known.matches(
        changed {
          $0.systemIdentifier = nil; $0.port = 6432
        }))
    #expect(
      !known.matches(
        changed {
          $0.systemIdentifier = nil; $0.host = "10.0.0.5"
        }))
  }
}
