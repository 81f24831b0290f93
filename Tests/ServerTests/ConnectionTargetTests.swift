import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct ConnectionTargetTests {
  @Test(arguments: [
    ("host=h password=p", true), ("postgresql://u:p@h/d", true), ("host=h sslpassword=p", true),
    ("host=h user=u", false), ("orders", false), ("", false), ("host=h password=''", false),
  ])
  func `a password is seen in every form`(text: String, holdsPassword: Bool) throws {
    #expect(try ConnectionTarget(text).holdsPassword == holdsPassword)
  }

  @Test func `the parts that change give way and the password stays for the same user on the same server`()
    throws
  {
    let database = try TestCluster.shared.database(.empty)
    let session = try Session(target: "\(database.conninfo) password=p connect_timeout=7")
    let (host, port) = (session.address.host, session.address.port)
    let old = session.parameters.values
    func values(database: String? = nil, user: String? = nil, host: String? = nil, port: String? = nil)
      -> [String: String]
    {
      ConnectionTarget(like: session, database: database, user: user, host: host, port: port).parameters
        .values
    }
    #expect(values() == old)
    #expect(values(database: "x") == old.merging(["dbname": "x"]) { $1 })
    #expect(values(user: "hypo", host: host, port: port) == old)
    let bare = old.filter { $0.key != "password" }
    #expect(values(user: "joe") == bare.merging(["user": "joe"]) { $1 })
    #expect(values(host: "h2") == bare.merging(["host": "h2"]) { $1 })
    #expect(values(port: "1") == bare.merging(["port": "1"]) { $1 })
  }

  @Test(arguments: [
    ("-c app.api_token=hunter2", ""), ("-c work_mem=64MB", "-c work_mem=64MB"),
    ("-c app.api_token=hunter2 -c search_path=shop", "-c search_path=shop"),
    ("--app.api-token=hunter2 --random-page-cost=1.1", "-c random_page_cost=1.1"),
    ("-capp.api_token=hunter2 -cgeqo=off", "-c geqo=off"), ("-c", ""), ("hunter2", ""), ("-c hunter2", ""),
    ("-c role=boss", ""), ("-c application_name=a\\ hunter2", ""), ("-d 5 -c geqo=off", "-c geqo=off"),
    ("", ""),
  ])
  func `of the options only settings that hold no secret are written down`(options: String, kept: String)
    throws
  {
    #expect(Session.knownSettings(in: options) == kept)
    let database = try TestCluster.shared.database(.empty)
    guard ["-c work_mem=64MB", "-c app.api_token=hunter2"].contains(options) else { return }
    let session = try Session(target: "\(database.conninfo) options='\(options)'")
    #expect(session.connectionOptions["options"] == (kept.isEmpty ? nil : kept))
  }
}
