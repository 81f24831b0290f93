import IndexDesign
import Testing

@Suite struct ChangeFailureRowValuesTests {
  @Test func `of a violated constraint the row is left out`() {
    #expect(
      ChangeFailure(
        message: "could not create unique index \"users_email\"", sqlState: "23505",
        detail: "Key (email)=(bob@example.com) is duplicated."
      ).withoutRowValues
        == ChangeFailure(message: "could not create unique index \"users_email\"", sqlState: "23505"))
  }

  @Test(arguments: [
    ("22P02", "data exception"), ("P0001", "PL/pgSQL error"), ("38000", "external routine exception"),
    ("ZZ001", "error"),
  ])
  func `of an error about values its code is kept`(state: String, name: String) {
    #expect(
      ChangeFailure(
        message: "invalid input syntax for type integer: \"bob\"", sqlState: state, detail: "bob",
        hint: "no bob"
      ).withoutRowValues
        == ChangeFailure(
          message: "\(name); the server's own words may hold values of rows and are not kept",
          sqlState: state))
  }

  @Test(arguments: ["42704", "53100", "55P03", "57014", nil])
  func `an error about names stays whole`(state: String?) {
    let failure = ChangeFailure(message: "a", sqlState: state, detail: "b", hint: "c")
    #expect(failure.withoutRowValues == failure)
  }
}
