import Foundation
import IndexDesign
import Testing

@Suite struct ChangeIntentTests {
  static let text = """
    {
      "definition" : "create index on orders (customer_id)",
      "designShortForm" : "orders(customer_id)",
      "hypoVersion" : "0.1.0",
      "indexName" : "orders_idx",
      "indexSchema" : "public",
      "kind" : {
        "rollback" : {
          "of" : 3
        }
      },
      "measuredBefore" : {
        "counters" : {
          "statements" : [

          ],
          "tableSizeInBytes" : 8192
        },
        "estimatedIndexSizeInBytes" : 4096,
        "estimatedPlannerCostAfter" : {
          "units" : 1.25
        },
        "plannerCostBefore" : {
          "units" : 21.5
        }
      },
      "operatingSystemHost" : "bastion",
      "operatingSystemUser" : "ann",
      "reverse" : "DROP INDEX CONCURRENTLY IF EXISTS public.orders_idx",
      "server" : {
        "database" : "shop",
        "host" : "db.example",
        "isAurora" : true,
        "port" : 5432,
        "serverVersion" : "15.18",
        "systemIdentifier" : "7312",
        "user" : "dba"
      },
      "statement" : "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_idx ON public.orders (customer_id)",
      "tableName" : "orders",
      "tableSchema" : "public",
      "ticket" : "DBA-7",
      "version" : 1
    }
    """

  static let rollback = ChangeExample.intent(.rollback(of: ChangeNumber(3)))

  @Test func `the JSON form is what older ledgers hold`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    #expect(String(decoding: try encoder.encode(Self.rollback), as: UTF8.self) == Self.text)
    #expect(try JSONDecoder().decode(ChangeIntent.self, from: Data(Self.text.utf8)) == Self.rollback)
  }

  @Test func `a member that this version does not know is passed over`() throws {
    let text = Self.text.replacing("\"version\" : 1", with: "\"later\" : 5, \"version\" : 1")
    #expect(try JSONDecoder().decode(ChangeIntent.self, from: Data(text.utf8)) == Self.rollback)
  }

  @Test func `a newer form is refused before anything of it is read`() throws {
    let error = #expect(throws: NewerRecordError.self) {
      try JSONDecoder().decode(ChangeIntent.self, from: Data(#"{"version": 2, "kind": "later"}"#.utf8))
    }
    #expect(error?.description == "cannot read a record of version 2: this hypo reads versions up to 1")
    #expect(error?.hint == "upgrade hypo")
  }

  @Test func `a form without a true version is refused`() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ChangeIntent.self, from: Data(#"{"version": 0}"#.utf8))
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ChangeIntent.self, from: Data("{}".utf8))
    }
  }
}
