import Foundation
import Testing

/// SwiftPM lets a target import a module that it does not declare; these rules do not.
///
/// The rules are the table of rooms in CONTRIBUTING.md; a new import is a new name there.
@Suite struct ImportRulesTests {
  private static func read(_ name: String) throws -> String {
    try String(contentsOf: SourceRoom.package.appending(path: name), encoding: .utf8)
  }

  private static func table() throws -> RoomTable { try RoomTable(markdown: read("CONTRIBUTING.md")) }

  @Test func `every folder under Sources has a row, and every row a folder`() throws {
    #expect(try SourceRoom.all().map(\.name) == Self.table().rows.keys.sorted())
  }

  @Test func `a room imports what its row names, and its row names no more`() throws {
    let table = try Self.table()
    for room in try SourceRoom.all() where !room.isCModule {
      let permitted = try #require(table.rows[room.name], "\(room.name) has no row")
      let imports = try room.imports()
      for found in imports where !permitted.contains(found.module) {
        Issue.record("\(room.name) may not import \(found.module): \(found.place)")
      }
      #expect(
        permitted.subtracting(imports.map(\.module)) == [],
        "the row of \(room.name) names what it does not use")
      #expect(!room.swiftFiles.isEmpty, "\(room.name) holds neither Swift nor a module map")
    }
  }

  @Test func `a C module is a module map and headers, and imports nothing`() throws {
    let table = try Self.table()
    let modules = try SourceRoom.all().filter(\.isCModule)
    #expect(!modules.isEmpty)
    for room in modules {
      #expect(
        room.files.filter { $0.pathExtension != "h" }.map(\.lastPathComponent) == ["module.modulemap"],
        "\(room.name) holds more than headers")
      #expect(table.rows[room.name] == [], "\(room.name) is headers only")
    }
  }

  @Test func `Package.swift lets a room depend on nothing that its row does not name`() throws {
    let table = try Self.table()
    let manifest = try ManifestRooms(manifest: Self.read("Package.swift"))
    #expect(manifest.dependencies.keys.sorted() == table.rows.keys.sorted())
    for (room, names) in manifest.dependencies {
      #expect(names.subtracting(table.rows[room] ?? []) == [], "Package.swift gives \(room) too much")
    }
  }

  @Test(arguments: [
    ("Postgres", "struct IndexDesign.Interrupts"), ("Sandbox", "struct IndexDesign.Interrupts"),
    ("Terminal", "enum IndexDesign.NumberText"),
  ])
  func `a room that knows no index takes one name of IndexDesign`(room: String, name: String) throws {
    for file in SourceRoom(room).swiftFiles {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      for line in lines where line.contains("import") && line.contains("IndexDesign") {
        #expect(line.hasSuffix("import \(name)"), "\(file.lastPathComponent): \(line)")
      }
    }
  }

  @Test(arguments: ["Server", "Changes"])
  func `no type of Postgres stands in a public signature of Server or Changes`(room: String) throws {
    let files = SourceRoom(room).swiftFiles
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("public import Postgres"), "\(file.lastPathComponent)")
    }
  }

  @Test func `the reader of imports sees every form`() {
    let text = """
      import A
      public import B
      @testable import C
        internal import struct D.Thing
      // import E
      @_spi(One, Two) @preconcurrency package import F; import func G.call
      let important = "import H"
      #if canImport(I)
      @_exported public import `I`
      """
    let found = SourceRoom.imports(of: text)
    #expect(found.map(\.module) == ["A", "B", "C", "D", "F", "G", "I"])
    #expect(found.map(\.line) == [1, 2, 3, 4, 6, 6, 9])
  }

  @Test func `the reader of the table takes several rooms a row, and passes over other tables`() {
    let text = """
      | word | means |
      |---|---|
      | row | no room |

      | room | may import | is |
      |---|---|---|
      | `CA`, `CB` | – | headers, and no more |
      | `Commands` | CA, Glibc | checked, though its name begins with a C |

      | `Late` | CA | not in the table |
      """
    #expect(RoomTable(markdown: text).rows == ["CA": [], "CB": [], "Commands": ["CA", "Glibc"]])
  }

  @Test func `the reader of the manifest sees targets and products, and no programs of the tests`() {
    let text = """
          .systemLibrary(name: "CA", pkgConfig: "a"),
          room("One", ["CA", .product(name: "Made", package: "made-elsewhere")]),
          room(
            "Two",
            [
              "One",
            ]),
          room("None", []),
          .executableTarget(
            name: "program",
            dependencies: ["Two"]),
          .executableTarget(
            name: "Probe", dependencies: ["One"], path: "Tests/Probe"),
      """
    #expect(
      ManifestRooms(manifest: "\n" + text).dependencies
        == ["CA": [], "One": ["CA", "Made"], "Two": ["One"], "None": [], "program": ["Two"]])
  }
}
