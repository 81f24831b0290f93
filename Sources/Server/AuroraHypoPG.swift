/// Where there is HypoPG on Amazon Aurora PostgreSQL.
///
/// Source: Release Notes for Aurora PostgreSQL, "Extension versions for Amazon Aurora PostgreSQL".
enum AuroraHypoPG {
  /// The first minor version that offers it, by major version; of a later major version every one does.
  static let firstMinor = [12: 17, 13: 13, 14: 10, 15: 5]

  /// What to do when an Aurora server does not offer it.
  ///
  /// - Parameter versionNumber: the server's, such as 150004.
  static func fix(versionNumber: Int) -> String {
    let (major, minor) = (versionNumber / 10_000, versionNumber % 10_000)
    guard let first = firstMinor[major] else {
      return major > 15
        ? "every Aurora PostgreSQL \(major) offers HypoPG; ask AWS why this one does not list it"
        : "Aurora PostgreSQL offers HypoPG from 12.17 on; upgrade the cluster"
    }
    let offer = "Aurora PostgreSQL \(major) offers HypoPG from \(major).\(first) on"
    return minor < first
      ? "\(offer); upgrade the cluster" : "\(offer); ask AWS why this one does not list it"
  }
}
