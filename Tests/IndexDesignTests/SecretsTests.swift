import IndexDesign
import Testing

@Suite struct SecretsTests {
  @Test(arguments: [
    "connect postgres://joe:secret@host/db", "connect postgresql://joe:se%40cret@host", "connect password=x",
    "connect 'host=h PASSWORD = x'", "connect postgres://joe:sec/ret@host/db",
    "connect postgres://a@h1/x postgres://b:c@h2/y", "connect postgres://joe:sec@ret@host/db",
    "connect postgres:///db?user=joe&password=x", "connect POSTGRES://joe:secret@host",
    "connect postgres://joe:two words@host/db", "connect postgres://joe@server:secret@host/db",
    "connect postgres://joe:s?e#c:r&e+t!@host/db", "connect postgres://:secret@/db",
    "connect postgres://joe:größe表@host", "connect host=h sslpassword=x", "connect host=h password='a b'",
    "PGPASSWORD=x", #"\setenv PGPASSWORD x"#, #"\password"#, #" \password joe"#,
    "ALTER ROLE joe PASSWORD 'x';", "create user joe encrypted password\n  'x';",
    "create role joe password $$x$$",
    "alter role joe password/* new */'x'", "alter role joe password -- new\n 'x'",
    "alter role joe password E'x'", "alter user joe password U&'x'",
    "create user mapping for joe server s options (user 'joe', password 'x')",
    "create subscription s connection 'host=h password=x' publication p",
    "explain select 1 from users where password = 'x'", "set password x", "select f(password => 'x')",
  ])
  func `a line with a password is not for the history`(line: String) {
    #expect(Secrets.isHeld(in: line))
  }

  @Test(arguments: [
    "connect postgres://joe@host:5433/db", "connect host=h user=u", "select 'a:b@c';", "explain @1",
    "select '10:30 @ home';", "connect postgres:///db?host=/tmp:1", "select 'http://example.com:80/x';",
    "connect postgres://joe@h:5433/x", "select password_hash from users", "hypo add users(password)",
    "explain select password from users where id = 1", "select * from users where password = $1",
    "set password_encryption = 'scram-sha-256'", "select 'password'",
    "select 1 from t where kind = 'password';",
    "alter role joe password null", "alter role joe password $1", "show password_encryption", "help password",
    "connect host=h passfile=/home/joe/.pgpass", "", "passwort = x",
  ])
  func `other lines are`(line: String) {
    #expect(!Secrets.isHeld(in: line))
  }

  @Test func `many comments cost no time`() {
    let comments = String(repeating: "/**/", count: 1_000)
    let text = "alter role joe password" + comments
    let time = ContinuousClock().measure {
      #expect(Secrets.isHeld(in: text + "'x'"))
      #expect(!Secrets.isHeld(in: text + "null"))
      #expect(!Secrets.isHeld(in: String(repeating: "password/*", count: 1_000)))
    }
    #expect(time < .seconds(60))
  }
}
