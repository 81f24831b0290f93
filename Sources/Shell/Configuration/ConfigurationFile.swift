import Glibc
import IndexDesign
import Reports
import Storage

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
    let bytes: [UInt8]
    let isPrivate: Bool
    do throws(StorageError) {
      guard
        let file = try FileReading.small(
          path, named: "the configuration \"\(path)\"", limitInBytes: limitInBytes)
      else { return Configuration() }
      (bytes, isPrivate) = file
    } catch {
      throw .init(
        path: path, line: 0,
        failure: Failure(.ownFailure, error.message, hint: ConfigurationParser.wayOut))
    }
    return try ConfigurationParser(path: path, isPrivate: isPrivate).parse(bytes)
  }

  /// Where libpq looks, too: HOME, else the user's own entry.
  private static func home(_ environment: [String: String]) -> String? {
    if let home = environment["HOME"], !home.isEmpty { return home }
    return getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) }
  }
}
