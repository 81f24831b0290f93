import IndexDesign
import Testing

@testable import Ledger

/// Records of the first format that the ledger in the resources has none of.
@Suite struct FirstRecordsTests {
  private static let notKept = "the server's own words may hold values of rows and are not kept"
  private static let unkept = "error; \(notKept)"

  @Test(arguments: [
    (#"{"built":{"objectID":7,"sizeInBytes":9}}"#, ChangeOutcome.Result.built(objectID: 7, sizeInBytes: 9)),
    (#"{"installed":{"version":"1.4"}}"#, .installed(version: "1.4")),
    (#"{"alreadyThere":{"objectID":7,"isValid":true}}"#, .alreadyThere(objectID: 7, isValid: true)),
    (#"{"leftInvalidAndDropped":{"reason":"r"}}"#, .leftInvalidAndDropped(reason: Self.unkept)),
    (#"{"leftInvalidNotOurs":{"objectID":7}}"#, .leftInvalidNotOurs(objectID: 7)),
    (
      #"{"leftInvalidStaying":{"objectID":7,"reason":"r"}}"#,
      .leftInvalidStaying(objectID: 7, reason: Self.unkept)
    ),
    (#"{"dropped":{}}"#, .dropped), (#"{"wasNotThere":{}}"#, .wasNotThere),
    (#"{"isAnotherIndex":{"objectID":7,"definition":"d"}}"#, .isAnotherIndex(objectID: 7, definition: "d")),
    (
      #"{"failed":{"error":{"message":"m","sqlState":"42P01"}}}"#,
      .failed(error: ChangeFailure(message: "m", sqlState: "42P01"))
    ),
    (#"{"cancelled":{}}"#, .cancelled),
    (#"{"interrupted":{"reason":"r"}}"#, .interrupted(reason: Self.unkept)),
  ])
  func `every ending is read`(text: String, result: ChangeOutcome.Result) throws {
    let record = try JSONValue(parsing: #"{"version":1,"durationInSeconds":1.5,"result":\#(text)}"#)
    #expect(try ChangeOutcome(firstFormat: record) == ChangeOutcome(result, durationInSeconds: 1.5))
  }

  @Test(arguments: [
    (#"{"promote":{}}"#, ChangeIntent.Kind.promote), (#"{"retire":{}}"#, .retire),
    (#"{"rollback":{"of":3}}"#, .rollback(of: ChangeNumber(3))), (#"{"setUp":{}}"#, .setUp),
  ])
  func `every kind of change is read`(text: String, kind: ChangeIntent.Kind) throws {
    let record = try JSONValue(
      parsing: #"""
        {"version":1,"kind":\#(text),"operatingSystemUser":"u","operatingSystemHost":"h","tableSchema":"s",
        "tableName":"t","indexSchema":"s","indexName":"i","statement":"a","reverse":"b","definition":"c",
        "hypoVersion":"0.1.0","server":{"host":"x","port":5432,"database":"d","user":"v","serverVersion":"15",
        "isAurora":true},"measuredBefore":{"counters":{"statements":[]},"plannerCostBefore":{"units":"Infinity"}}}
        """#)
    let intent = try ChangeIntent(firstFormat: record)
    #expect(
      intent
        == ChangeIntent(
          kind: kind,
          server: ServerFingerprint(
            host: "x", port: 5432, database: "d", user: "v", systemIdentifier: nil, serverVersion: "15",
            isAurora: true),
          operatingSystemUser: "u", operatingSystemHost: "h", tableSchema: "s", tableName: "t",
          indexSchema: "s", indexName: "i", statement: "a", reverse: "b", designShortForm: nil,
          definition: "c", measuredBefore: MeasuredBefore(plannerCostBefore: PlannerCost(.infinity)),
          hypoVersion: "0.1.0"))
  }

  @Test(arguments: [
    ("could not create unique index \"i\": Key (email)=(ada@example.org) is duplicated.", unkept),
    ("cancelled by the person who promoted", "cancelled by the person who promoted"),
    (
      "cancelled by the person who promoted; it could not be dropped: Key (a)=(1)",
      "cancelled by the person who promoted; \(notKept)"
    ),
    (
      "the index could not be looked up after the build: invalid input syntax for type integer: \"ada\"",
      "the index could not be looked up after the build; \(notKept)"
    ),
  ])
  func `values of rows stay behind with the server's words`(reason: String, kept: String) throws {
    let text = reason.replacing("\"", with: #"\""#)
    let record = try JSONValue(
      parsing: #"{"version":1,"durationInSeconds":1,"result":{"interrupted":{"reason":"\#(text)"}}}"#)
    #expect(try ChangeOutcome(firstFormat: record).result == .interrupted(reason: kept))
  }

  @Test func `of a failure its class and its names are kept`() throws {
    let record = try JSONValue(
      parsing: #"""
        {"version":1,"durationInSeconds":1,"result":{"failed":{"error":{"message":"could not create unique index \"i\"",
        "sqlState":"23505","detail":"Key (email)=(ada@example.org) is duplicated."}}}}
        """#)
    #expect(
      try ChangeOutcome(firstFormat: record).result
        == .failed(
          error: ChangeFailure(message: "could not create unique index \"i\"", sqlState: "23505")))
  }

  @Test func `an ending that nobody knows makes no sense`() throws {
    let record = try JSONValue(parsing: #"{"version":1,"durationInSeconds":1,"result":{"vanished":{}}}"#)
    #expect(throws: EntryProblem(member: "result")) { try ChangeOutcome(firstFormat: record) }
  }
}
