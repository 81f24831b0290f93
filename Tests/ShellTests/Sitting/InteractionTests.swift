import Testing

@testable import Shell

@Suite struct InteractionTests {
  @Test(arguments: [
    "connect postgres://joe:secret@host/db", "connect postgresql://joe:se%40cret@host", "connect password=x",
    "connect 'host=h PASSWORD = x'", "connect postgres://joe:sec/ret@host/db",
    "connect postgres://a@h1/x postgres://b:c@h2/y", "connect postgres://joe:sec@ret@host/db",
    "connect postgres:///db?user=joe&password=x", "ALTER ROLE joe PASSWORD 'x';",
  ])
  func `a line with a password is not for the history`(line: String) {
    #expect(Interaction.holdsSecret(line))
  }

  @Test(arguments: [
    "connect postgres://joe@host:5433/db", "connect host=h user=u", "select 'a:b@c';", "explain @1",
    "select '10:30 @ home';", "connect postgres:///db?host=/tmp:1", "select 'http://example.com:80/x';",
  ])
  func `other lines are`(line: String) {
    #expect(!Interaction.holdsSecret(line))
  }
}
