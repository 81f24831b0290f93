import Foundation

/// What a server gave, in a file of Resources.
enum PlanResource {
  /// The text of `NAME.json`.
  static func text(_ name: String) throws -> String {
    try String(contentsOf: Bundle.module.resourceURL(of: name), encoding: .utf8)
  }

  /// The bytes of `NAME.json`.
  static func data(_ name: String) throws -> Data {
    try Data(contentsOf: Bundle.module.resourceURL(of: name))
  }
}

extension Bundle {
  fileprivate func resourceURL(of name: String) -> URL {
    bundleURL.appending(path: "Resources/\(name).json")
  }
}
