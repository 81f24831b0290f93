import Foundation
import Programs

/// The programs of one installed PostgreSQL server.
public struct ServerBinaries: Equatable, Sendable {
  /// The folder that holds `postgres`, `initdb` and `pg_ctl`.
  public var folder: String
  /// The server's major version, such as 15.
  public var majorVersion: Int
  /// The server's version as it names it, such as `15.18`.
  public var version: String

  /// The extensions that the sandbox makes in every database.
  public static let neededExtensions = ["hypopg", "pg_stat_statements"]

  /// The environment variable that names the folder of the server to take, whatever else is installed.
  public static let variable = "HYPO_POSTGRES_BIN"

  /// The server in the folder that `HYPO_POSTGRES_BIN` names, else the newest on this machine that has the
  /// extensions.
  ///
  /// Looks where `pg_config --bindir` points, in the folders of packages and along `PATH`.
  ///
  /// - Parameters:
  ///   - majorVersion: only a server of this version, for data that it has written; nil means any.
  ///   - environment: where the variable is looked up; nil means this process's own.
  /// - Throws: `SandboxError` with code `serverMissing` or `extensionMissing`, and the packages to install.
  public static func find(
    majorVersion: Int? = nil, environment: [String: String]? = nil
  ) throws(SandboxError) -> ServerBinaries {
    let environment = environment ?? ProcessInfo.processInfo.environment
    if let folder = environment[variable], !folder.isEmpty { return try named(folder, majorVersion) }
    let installed = folders().compactMap(ServerBinaries.init(folder:))
      .filter { majorVersion == nil || $0.majorVersion == majorVersion }
      .sorted { $0.majorVersion > $1.majorVersion }
    if let usable = installed.first(where: { $0.missingExtensions().isEmpty }) { return usable }
    guard let newest = installed.first else { throw noServer(majorVersion) }
    let missing = newest.missingExtensions()
    throw SandboxError(
      .extensionMissing,
      "PostgreSQL \(newest.majorVersion) is installed without \(missing.joined(separator: " and "))",
      hint: "install it: \(install(["postgresql-\(newest.majorVersion)-hypopg"]))")
  }

  /// Reads a folder as one of server binaries; nil when it holds no server.
  public init?(folder: String) {
    for name in ["postgres", "initdb", "pg_ctl"] {
      guard Executables.isExecutableFile("\(folder)/\(name)") else { return nil }
    }
    let output = try? Program("\(folder)/postgres", ["--version"]).run(timeout: .seconds(10)).standardOutput
    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", also "17beta1".
    guard let words = output?.split(whereSeparator: \.isWhitespace), words.count > 2,
      let major = Int(words[2].prefix(while: \.isNumber))
    else { return nil }
    self.folder = folder
    self.majorVersion = major
    self.version = String(words[2])
  }

  /// The absolute path of one of the server's programs.
  public func path(_ program: String) -> String { "\(folder)/\(program)" }

  /// Those of the needed extensions whose control files are not where this server looks for them.
  func missingExtensions() -> [String] {
    let folders = extensionFolders()
    return Self.neededExtensions.filter { name in
      !folders.contains { FileManager.default.fileExists(atPath: "\($0)/\(name).control") }
    }
  }

  private func extensionFolders() -> [String] {
    let prefix = URL(filePath: folder).resolvingSymlinksInPath().deletingLastPathComponent().path
    let relative = ["\(prefix)/share/postgresql/extension", "\(prefix)/share/extension"]
    // Debian's layout, in the root folder or in a tree of another release below it.
    let debian = "/usr/lib/postgresql/\(majorVersion)"
    guard prefix.hasSuffix(debian) else { return relative }
    return ["\(prefix.dropLast(debian.count))/usr/share/postgresql/\(majorVersion)/extension"] + relative
  }

  /// The server in the folder that the variable names; no other is looked for.
  private static func named(_ folder: String, _ majorVersion: Int?) throws(SandboxError) -> ServerBinaries {
    guard folder.hasPrefix("/"), let server = ServerBinaries(folder: folder) else {
      throw SandboxError(
        .serverMissing, "could not find a PostgreSQL server in \(folder), which \(variable) names",
        hint: "set \(variable) to the absolute path of a folder with postgres, initdb and pg_ctl, or unset it"
      )
    }
    if let majorVersion, majorVersion != server.majorVersion {
      throw SandboxError(
        .serverMissing,
        "\(variable) names PostgreSQL \(server.majorVersion), but PostgreSQL \(majorVersion) wrote this"
          + " sandbox's data",
        hint: "unset \(variable); or make a new sandbox: hypo sandbox remove")
    }
    let missing = server.missingExtensions()
    guard missing.isEmpty else {
      throw SandboxError(
        .extensionMissing,
        "PostgreSQL \(server.majorVersion) in \(folder), which \(variable) names, is without"
          + " \(missing.joined(separator: " and "))",
        hint: "install what is missing for that server, or unset \(variable)")
    }
    return server
  }

  private static func folders() -> [String] {
    var found: [String] = []
    if let config = try? Executables.find("pg_config"),
      let output = try? Program(config, ["--bindir"]).run(timeout: .seconds(10)).standardOutput
    {
      found.append(output.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    found += packageFolders + Executables.searchPath
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }

  /// Where PostgreSQL's programs may be besides `PATH`: in the folder that `HYPO_POSTGRES_BIN` names, and where
  /// packages put them.
  public static func folders(besidePathIn environment: [String: String]) -> [String] {
    [environment[variable]].compactMap { $0 }.filter { $0.hasPrefix("/") } + packageFolders
  }

  /// The packages of Debian and of Red Hat, the newest version first.
  private static var packageFolders: [String] {
    func versions(_ folder: String, _ prefix: String) -> [(number: Int, folder: String)] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.filter { $0.hasPrefix(prefix) }.compactMap { name in
        Int(name.dropFirst(prefix.count)).map { ($0, "\(folder)/\(name)/bin") }
      }
    }
    return (versions("/usr/lib/postgresql", "") + versions("/usr", "pgsql-"))
      .sorted { $0.number > $1.number }.map(\.folder)
  }

  private static func noServer(_ majorVersion: Int?) -> SandboxError {
    guard let majorVersion else {
      return SandboxError(
        .serverMissing, "could not find a PostgreSQL server on this machine",
        hint: "install one with HypoPG: \(install(["postgresql", "postgresql-15-hypopg"])) on Debian 12")
    }
    let names = ["postgresql-\(majorVersion)", "postgresql-\(majorVersion)-hypopg"]
    return SandboxError(
      .serverMissing, "could not find a PostgreSQL \(majorVersion) server, which wrote this sandbox's data",
      hint: "install it: \(install(names)); or make a new sandbox: hypo sandbox remove")
  }

  private static func install(_ packages: [String]) -> String {
    "\(UserIdentity.isRoot ? "" : "sudo ")apt-get install \(packages.joined(separator: " "))"
  }
}
