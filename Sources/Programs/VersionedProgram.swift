/// An executable and the version that it states.
public struct VersionedProgram: Equatable, Sendable {
  /// The absolute path.
  public var path: String
  /// The first number of the first line that it says to `--version`; nil when it says none.
  public var majorVersion: Int?

  /// A program of its facts.
  public init(path: String, majorVersion: Int?) {
    (self.path, self.majorVersion) = (path, majorVersion)
  }

  /// Asks an executable for its version.
  public init(asking path: String) {
    let answer = try? Program(path, ["--version"]).run(limit: 1 << 16, timeout: .seconds(10)).standardOutput
    let words =
      answer?.split(separator: "\n", omittingEmptySubsequences: false).first?.split(separator: " ") ?? []
    // "psql (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", also "17beta1".
    let number = words.first { $0.first?.isNumber == true }
    self.init(path: path, majorVersion: number.flatMap { Int($0.prefix(while: \.isNumber)) })
  }

  /// The first executable of a name that is of a version or a later one, or does not state its own; else the newest.
  ///
  /// - Parameters:
  ///   - name: a file name without a slash.
  ///   - version: the oldest major version that will do.
  ///   - folders: where to look, in order.
  /// - Throws: `ProgramError.Code.notFound` with the folders that were searched.
  public static func find(
    _ name: String, atLeast version: Int, in folders: [String]
  ) throws(ProgramError) -> VersionedProgram {
    var newest: VersionedProgram?
    for folder in folders {
      guard let path = try? Executables.find(name, in: [folder]) else { continue }
      let found = VersionedProgram(asking: path)
      guard let stated = found.majorVersion, stated < version else { return found }
      if newest?.majorVersion ?? 0 < stated { newest = found }
    }
    if let newest { return newest }
    return VersionedProgram(path: try Executables.find(name, in: folders), majorVersion: nil)
  }
}
