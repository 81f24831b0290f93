import Testing

@testable import Server

@Suite struct ServerErrorPsqlTests {
  @Test func `psql's own words are told without its name and levels`() {
    #expect(
      ServerError(psqlSaid: "psql: error: ERROR:  it is so.\nLINE 1: x\n")
        == ServerError(.statement, "psql: it is so", detail: "LINE 1: x"))
    #expect(ServerError(psqlSaid: "") == ServerError(.statement, "psql: it failed and said nothing"))
    #expect(
      ServerError(psqlSaid: "ERROR:  canceling statement due to user request\n")
        == ServerError(.cancelled, "psql: canceling statement due to user request"))
  }
}
