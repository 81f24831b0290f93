import Glibc
import IndexDesign

/// Finds and reads the configuration file.
enum ConfigurationFile {
  /// The most bytes that a configuration has; more are no configuration.
  static let limitInBytes = 1_048_576

  /// `${XDG_CONFIG_HOME:-~/.config}/hypo/config`; nil when no home is known.
  ///
  /// A relative XDG_CONFIG_HOME is passed over. Source: XDG Base Directory Specification.
  static func path(environment: [String: String]) -> String? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return "\(folder)/hypo/config" }
    return home(environment).map { "\($0)/.config/hypo/config" }
  }

  /// Reads the file; an empty configuration when there is none.
  ///
  /// - Throws: `Configuration.Problem`.
  static func read(environment: [String: String]) throws(Configuration.Problem) -> Configuration {
    guard let path = path(environment: environment) else { return Configuration() }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return Configuration() }
      throw unreadable(path, String(cString: strerror(errno)).lowercased())
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw unreadable(path, "it is no file")
    }
    guard facts.st_size <= limitInBytes else { throw unreadable(path, "it is larger than 1 MB") }
    guard let bytes = bytes(of: descriptor) else {
      throw unreadable(path, String(cString: strerror(errno)).lowercased())
    }
    return try ConfigurationParser(path: path, isPrivate: facts.st_mode & 0o077 == 0).parse(bytes)
  }

  private static func bytes(of descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while bytes.count <= limitInBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  private static func unreadable(_ path: String, _ reason: String) -> Configuration.Problem {
    .init(
      path: path, line: 0,
      failure: Failure(
        .ownFailure, "could not read the configuration \"\(path)\": \(reason)",
        hint: ConfigurationParser.wayOut))
  }

  /// Where libpq looks, too: HOME, else the user's own entry.
  private static func home(_ environment: [String: String]) -> String? {
    if let home = environment["HOME"], !home.isEmpty { return home }
    return getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) }
  }
}
