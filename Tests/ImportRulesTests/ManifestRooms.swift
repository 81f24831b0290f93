/// What Package.swift lets each room depend on.
struct ManifestRooms: Equatable {
  /// Names of targets and products by room, as they stand in Package.swift.
  var dependencies: [String: Set<String>] = [:]

  /// Reads every `room("NAME", […])`, every `.systemLibrary(name: "NAME"` and the program's `.executableTarget(`,
  /// whose folder is not said to be elsewhere.
  init(manifest: String) {
    for match in manifest.matches(of: /\n\s*room\(\s*"(\w+)",/) {
      read(String(match.1), manifest[match.range.upperBound...])
    }
    for match in manifest.matches(of: /\.systemLibrary\(\s*name: "(\w+)"/) {
      dependencies[String(match.1)] = []
    }
    for match in manifest.matches(of: /\.executableTarget\(\s*name: "(\w+)",/) {
      let rest = manifest[match.range.upperBound...]
      // A program of the tests says where it lies.
      if !rest.prefix(while: { $0 != "\n" }).contains("path: \"Tests") { read(String(match.1), rest) }
    }
  }

  /// The names in the first list of a declaration; a product's package is no name of a module.
  private mutating func read(_ room: String, _ text: Substring) {
    var depth = 0
    var list = text.drop { $0 != "[" }
    list = list.prefix { character in
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      return depth > 0
    }
    let names = list.replacing(/package: "[^"]*"/, with: "").matches(of: /"([^"]*)"/).map { String($0.1) }
    dependencies[room] = Set(names)
  }
}
