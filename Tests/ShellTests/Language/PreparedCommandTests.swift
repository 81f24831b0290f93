import Reports
import Testing

@testable import Shell

@Suite struct PreparedCommandTests {
  @Test func `a failure is foreseen by the very next command only`() throws {
    let failure = Failure(.script, "no", sqlState: "42P01")
    func isForeseen(_ next: String) throws -> Bool { try PreparedCommand(next).foresees(failure) }
    #expect(try isForeseen("expect error 42P01"))
    #expect(try isForeseen("Expect  error 42p01"))
    #expect(try !isForeseen("expect error 42703"))
    #expect(try !isForeseen("status"))
    #expect(try !isForeseen("expect role primary"))
  }
}
