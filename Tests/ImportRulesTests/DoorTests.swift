import Foundation
import Testing

/// Nothing but the door changes a database; the private servers of Sandbox are hypo's own.
@Suite struct DoorTests {
  private static func files(in rooms: (String) -> Bool) throws -> [(path: String, text: String)] {
    try SourceRoom.all().filter { rooms($0.name) }.flatMap { room in
      try room.swiftFiles.map { file in
        ("\(room.name)/\(file.lastPathComponent)", try String(contentsOf: file, encoding: .utf8))
      }
    }
  }

  @Test func `connections are opened in few places, and one of them can write`() throws {
    let opening = try Self.files { $0 != "Postgres" && $0 != "Sandbox" }.filter {
      $0.text.contains(#/try (?:Polled)?Connection\(/#)
    }
    #expect(
      Set(opening.map(\.path)) == [
        "Server/Session.swift", "Server/CatalogNamesLoader.swift", "Changes/ChangeConnection.swift",
      ])
    let writing = try Self.files { _ in true }.filter {
      $0.text.contains(#/"default_transaction_read_only": "off"/#)
    }
    #expect(writing.map(\.path) == ["Changes/ChangeConnection.swift"])
  }

  @Test func `a statement that changes is sent by no other room`() throws {
    // What is sent begins with hypo's mark or is the first thing in a call that sends.
    let verbs = """
      CREATE|ALTER|DROP|TRUNCATE|INSERT|UPDATE|DELETE|REINDEX|CLUSTER|VACUUM|LOCK|GRANT|REVOKE|COMMENT|REFRESH|COPY|CALL|DO
      """
    let sending = try Regex(
      #"(mark \+ |(query|script|read|resolve|run|ask|look)\()\s*"(/\* hypo \*/ )?("# + verbs + ") ")
    let found = try Self.files { !["Changes", "Sandbox"].contains($0) }.flatMap { file in
      file.text.matches(of: sending).map { "\(file.path): \(file.text[$0.range])" }
    }
    #expect(found == [])
    let inTheDoor = try Self.files { $0 == "Changes" }.flatMap { $0.text.matches(of: sending) }
    #expect(!inTheDoor.isEmpty, "the pattern has to find what the door sends")
  }

  @Test func `the policies that give permits are gathered in one place only`() throws {
    let naming = try Self.files { _ in true }.filter { $0.text.contains("GoverningPolicies") }
    #expect(
      Set(naming.map(\.path)) == ["IndexDesign/Permit.swift", "Shell/Workspace+Policy.swift"])
    let made = naming.filter { $0.text.contains(#/[^A-Za-z.]GoverningPolicies(?:\.init)?\(/#) }
    #expect(made.map(\.path) == ["Shell/Workspace+Policy.swift"])
  }

  @Test func `a permit can be made in one place only`() throws {
    let made = try Self.files { _ in true }.filter { $0.text.contains(#/[^A-Za-z.]Permit\(/#) }
    #expect(made.map(\.path) == ["IndexDesign/Permit.swift"])
    let text = try #require(made.first).text
    let start = try #require(text.range(of: "public struct Permit")).lowerBound
    let end = try #require(text.range(of: "\n}\n", range: start..<text.endIndex)).upperBound
    let initializers = text[start..<end].matches(of: #/\n *([a-z ]*)init\(/#).map { String($0.output.1) }
    #expect(initializers == ["fileprivate "])
  }
}
