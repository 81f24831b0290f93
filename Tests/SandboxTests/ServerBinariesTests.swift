import Foundation
import Postgres
import Sandbox
import TestSupport
import Testing

@Suite struct ServerBinariesTests {
  /// A folder that looks like the installed server of a version; its programs only tell the version.
  private struct Installation {
    let root: TemporaryFolder
    let bin: String

    /// - Parameters:
    ///   - prefix: the server's folder below the root.
    ///   - extensions: the folder of the control files below the root, and whose there are.
    init(_ version: String, prefix: String, extensions: (folder: String, names: [String])) throws {
      root = try TemporaryFolder()
      bin = "\(root.path)/\(prefix)/bin"
      for folder in [bin, "\(root.path)/\(extensions.folder)"] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
      for name in ["postgres", "initdb", "pg_ctl"] {
        try root.writeProgram("echo '\(name) (PostgreSQL) \(version)'", to: "\(prefix)/bin/\(name)")
      }
      for name in extensions.names { try root.write("", to: "\(extensions.folder)/\(name).control") }
    }

    func find(majorVersion: Int? = nil) throws -> ServerBinaries {
      try ServerBinaries.find(majorVersion: majorVersion, environment: ["HYPO_POSTGRES_BIN": bin])
    }
  }

  @Test func `tests run on the server that would be found`() throws {
    let version = try TestCluster.shared.execute("SHOW server_version").value
    #expect(try version?.split(separator: " ").first.map(String.init) == ServerBinaries.find().version)
  }

  @Test(arguments: [
    ("usr/lib/postgresql/13", "usr/share/postgresql/13/extension"),
    ("pgsql", "pgsql/share/postgresql/extension"), ("pgsql", "pgsql/share/extension"),
  ])
  func `the variable names the server, in Debian's layout and in PostgreSQL's own`(
    prefix: String, folder: String
  ) throws {
    let server = try Installation(
      "13.99", prefix: prefix, extensions: (folder, ["hypopg", "pg_stat_statements"]))
    for asked in [nil, 13] {
      let found = try server.find(majorVersion: asked)
      #expect(found.folder == server.bin && found.majorVersion == 13 && found.version == "13.99")
    }
  }

  @Test func `a folder without a server is not passed over in silence`() throws {
    let folder = try TemporaryFolder().path
    for path in [folder, "relative/bin"] {
      #expect(
        throws: SandboxError(
          .serverMissing, "could not find a PostgreSQL server in \(path), which HYPO_POSTGRES_BIN names",
          hint: "set HYPO_POSTGRES_BIN to the absolute path of a folder with postgres, initdb and pg_ctl,"
            + " or unset it")
      ) { try ServerBinaries.find(environment: ["HYPO_POSTGRES_BIN": path]) }
    }
  }

  @Test func `a server of another version than the data's is refused`() throws {
    let server = try Installation(
      "18.1", prefix: "pgsql", extensions: ("pgsql/share/extension", ["hypopg", "pg_stat_statements"]))
    #expect(
      throws: SandboxError(
        .serverMissing, "HYPO_POSTGRES_BIN names PostgreSQL 18, but PostgreSQL 15 wrote this sandbox's data",
        hint: "unset HYPO_POSTGRES_BIN; or make a new sandbox: hypo sandbox remove")
    ) { try server.find(majorVersion: 15) }
  }

  @Test func `a server without its extensions is refused`() throws {
    // Those of another version of Debian's layout do not count.
    let server = try Installation(
      "17.2", prefix: "usr/lib/postgresql/17",
      extensions: ("usr/share/postgresql/16/extension", ["hypopg", "pg_stat_statements"]))
    #expect(
      throws: SandboxError(
        .extensionMissing,
        "PostgreSQL 17 in \(server.bin), which HYPO_POSTGRES_BIN names, is without hypopg and pg_stat_statements",
        hint: "install what is missing for that server, or unset HYPO_POSTGRES_BIN")
    ) { try server.find() }
  }

  @Test func `an empty variable counts as none`() throws {
    #expect(try ServerBinaries.find(environment: ["HYPO_POSTGRES_BIN": ""]).majorVersion >= 13)
  }
}
