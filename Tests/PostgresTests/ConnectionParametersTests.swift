import Testing

@testable import Postgres

@Suite struct ConnectionParametersTests {
  @Test func `a lost server is noticed, in the time that was said or else in two minutes`() {
    #expect(
      ConnectionParameters(["host": "db", "keepalives_idle": "5"]).noticingLoss
        == ConnectionParameters([
          "host": "db", "keepalives_idle": "5", "keepalives_interval": "10", "keepalives_count": "6",
          "tcp_user_timeout": "60000",
        ]))
  }

  @Test func `a conninfo string, a URI and a database name are told apart`() throws {
    #expect(
      try ConnectionParameters(target: "host=/tmp dbname='the shop' user=ann").values == [
        "host": "/tmp", "dbname": "the shop", "user": "ann",
      ])
    #expect(
      try ConnectionParameters(
        target: "postgresql://ann:s%20t@db.example:6432,other:5433/shop?sslmode=require"
      )
      .values == [
        "user": "ann", "password": "s t", "host": "db.example,other", "port": "6432,5433", "dbname": "shop",
        "sslmode": "require",
      ])
    #expect(try ConnectionParameters(target: "shop").values == ["dbname": "shop"])
    #expect(try ConnectionParameters(target: "").values == [:])
  }

  @Test func `what cannot be read is told in libpq's words`() {
    let cases = [
      ("host", nil),
      ("colour=blue", "invalid connection option \"colour\""),
      ("host='db", "unterminated quoted string in connection info string"),
      ("postgresql://db/%zz", "invalid percent-encoded token: \"…\""),
      ("postgresql://db/?colour=blue", "invalid URI query parameter: \"colour\""),
    ]
    for (target, message) in cases {
      var found: PostgresError?
      do { _ = try ConnectionParameters(target: target) } catch { found = error }
      #expect(found == message.map { PostgresError(.parameters, $0) }, "\(target)")
    }
  }

  @Test func `later values win`() {
    var parameters = ConnectionParameters(["host": "a", "port": "1"]).merging(["port": "2"])
    #expect(parameters.values == ["host": "a", "port": "2"])
    parameters["host"] = nil
    #expect(parameters["host"] == nil)
    #expect(parameters == ConnectionParameters(["port": "2"]))
  }

  @Test(arguments: [
    "postgresql://ann:se/cret@db/shop", "postgresql://ann:se@cret@db/shop", "postgresql://ann:12/34@db/shop",
    "postgresql://ann:s@b/cret@db/shop", "postgresql://ann:s@b?cret@db/shop", "postgres://ann:s/e?cret@db",
    "postgresql://ann@ex:secret@db/shop", "postgresql://ann:s/e@b/c@db:5432/shop?sslmode=require",
  ])
  func `a URI whose password libpq would cut is refused before it connects to a part of it`(target: String) {
    #expect(
      throws: PostgresError(
        .parameters,
        "a mark in the URI's user or password has to be written with a percent sign: @ as %40, / as %2F, ? as %3F, % as %25"
      )
    ) { try ConnectionParameters(target: target) }
  }

  @Test(arguments: [
    "postgresql://ann:secret/shop", "postgresql://db:1,other:secret", "postgres://[::1]:secret/x",
  ])
  func `what stands for a port and is none is not repeated`(target: String) {
    #expect(
      throws: PostgresError(
        .parameters,
        "the URI's port is not a number; a URI with a password has an @ between the password and the host")
    ) { try ConnectionParameters(target: target) }
  }

  @Test(arguments: [
    ("postgresql://ann:s%2Fe%40c%3Fr@db:5432/shop", ["user": "ann", "password": "s/e@c?r", "host": "db"]),
    ("postgresql://ann:se#c?r:et@db/shop", ["password": "se#c?r:et", "host": "db", "dbname": "shop"]),
    ("postgresql://[::1]:5432/shop?user=ann@ex", ["host": "::1", "port": "5432", "user": "ann@ex"]),
    ("postgresql://db/an@shop", ["host": "db", "dbname": "an@shop"]),
    ("postgresql:///shop", ["dbname": "shop"]),
    ("postgresql://%2Ftmp/shop", ["host": "/tmp"]),
    ("postgresql://db:/shop", ["host": "db", "dbname": "shop"]),
  ])
  func `what libpq reads as it was meant passes`(target: String, parts: [String: String]) throws {
    let values = try ConnectionParameters(target: target).values
    for (keyword, value) in parts { #expect(values[keyword] == value) }
  }

  @Test func `a password that cannot be read is not repeated`() {
    let cases = [
      ("host=db password=my secret", "missing \"=\" after \"…\" in connection info string"),
      ("password=my secret user=ann", "missing \"=\" after \"…\" in connection info string"),
      ("postgresql://ann:se%zzcret@db/shop", "invalid percent-encoded token: \"…\""),
      (
        "postgresql://ann:secret@[::1/shop",
        "end of string reached when looking for matching \"]\" in IPv6 host address in URI: \"…\""
      ),
    ]
    for (target, message) in cases {
      var found: PostgresError?
      do { _ = try ConnectionParameters(target: target) } catch { found = error }
      #expect(found == PostgresError(.parameters, message), "\(target)")
    }
  }
}
