/// The extensions that Amazon RDS and Aurora let anybody create: the setting `rds.allowed_extensions`.
package struct AllowedExtensions: Equatable, Sendable {
  /// The setting's name.
  package static let setting = "rds.allowed_extensions"

  private let names: Set<String>?

  /// Reads the setting.
  ///
  /// - Parameter setting: names with commas between them, or `*` for all; nil on a server without it.
  package init(_ setting: String?) {
    let names = Set(
      (setting ?? "").lowercased().split { $0 == "," || $0.isWhitespace }.map(String.init))
    self.names = names.isEmpty || names.contains("*") ? nil : names
  }

  /// Whether an extension may be created.
  package func allow(_ name: String) -> Bool { names?.contains(name) ?? true }

  /// What lets an extension be created that may not.
  package static func fix(for name: String, isAurora: Bool) -> String {
    "add \(name) to \(setting) in the \(isAurora ? "cluster's" : "instance's") parameter group, then setup"
  }
}
