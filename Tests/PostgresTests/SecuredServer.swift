import Foundation
import Glibc
import Sandbox
import TestSupport

@testable import Postgres

/// A server that listens on TCP and wants scram passwords of the role `ann`; gone with the process.
struct SecuredServer: Sendable {
  private let cluster: Cluster
  let port: String

  init() throws {
    let number = try FreePort.find()
    port = "\(number)"
    // Beside the folder of this name, where a later run looks for what a killed one has left.
    let path = try TemporaryFolder().path + "-cluster"
    cluster = try Cluster(
      directory: path, binaries: ServerBinaries.find(),
      settings: ClusterSettings(
        extra: [
          "listen_addresses": "127.0.0.1", "shared_buffers": "16MB", "fsync": "off",
          // Not the default before 14.
          "password_encryption": "scram-sha-256",
        ]),
      port: Int(number))
    try cluster.create()
    try cluster.start()
    atexit { try? AuthenticationTests.server.get().remove() }
    let connection = try Connection(ConnectionParameters(cluster.parameters(database: "postgres")))
    _ = try connection.query("CREATE ROLE ann LOGIN PASSWORD 'open sesame'")
    try "local all ann scram-sha-256\nlocal all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
      .write(toFile: "\(cluster.directory)/data/pg_hba.conf", atomically: false, encoding: .utf8)
    _ = try connection.query("SELECT pg_reload_conf()")
    try connection.wait(until: "EXISTS (SELECT FROM pg_hba_file_rules WHERE 'ann' = ANY (user_name))")
    try waitUntilReloaded()
  }

  func remove() throws { try cluster.remove() }

  var socketFolder: String { cluster.socketFolder }

  var localStart: String { "connection to server on socket \"\(socketFolder)/.s.PGSQL.\(port)\" failed: " }

  func local(_ others: [String: String]) -> [String: String] {
    ["host": socketFolder, "port": port, "dbname": "postgres"].merging(others) { $1 }
  }

  func tcp(_ others: [String: String]) -> [String: String] {
    local(["host": "127.0.0.1", "user": "ann", "password": "open sesame"]).merging(others) { $1 }
  }

  /// The main process reads its files some time after it was asked to.
  private func waitUntilReloaded() throws {
    try Patience.wait(for: "the new pg_hba.conf") {
      (try? Connection(ConnectionParameters(local(["user": "ann"])))) == nil
    }
  }

  /// Gives the server a certificate of its own making.
  ///
  /// - Returns: the certificate's path.
  func switchTLSOn() throws -> String {
    let data = "\(cluster.directory)/data"
    let certificate = try Self.makeCertificate(in: data)
    if getuid() == 0, let owner = getpwnam("postgres")?.pointee {
      for name in ["server.key", "server.crt"] { chown("\(data)/\(name)", owner.pw_uid, owner.pw_gid) }
    }
    chmod("\(data)/server.key", 0o600)
    let connection = try Connection(ConnectionParameters(cluster.parameters(database: "postgres")))
    _ = try connection.query("ALTER SYSTEM SET ssl = on")
    _ = try connection.query("SELECT pg_reload_conf()")
    try Patience.wait(for: "TLS") {
      (try? Connection(ConnectionParameters(tcp(["sslmode": "require"])))) != nil
    }
    return certificate
  }

  /// openssl could not make a certificate.
  struct OpenSSLError: Error { var status: Int32 }

  static func makeCertificate(in folder: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
      "req", "-new", "-x509", "-days", "2", "-nodes", "-newkey", "ec", "-pkeyopt",
      "ec_paramgen_curve:prime256v1", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
      "-keyout", "\(folder)/server.key", "-out", "\(folder)/server.crt",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw OpenSSLError(status: process.terminationStatus)
    }
    return "\(folder)/server.crt"
  }
}
