import Programs
import Testing

@Suite struct UserIdentityTests {
  @Test func `root is known to every system`() throws {
    let root = try UserIdentity.named("root")
    #expect(root.uid == 0)
    #expect(root.gid == 0)
    #expect(root.home == "/root")
    #expect(root.groups.contains(0))
  }

  @Test func `an unknown user is an error`() {
    #expect(throws: ProgramError(.unknownUser, "user \"hypo-nobody\" does not exist")) {
      try UserIdentity.named("hypo-nobody")
    }
  }
}
