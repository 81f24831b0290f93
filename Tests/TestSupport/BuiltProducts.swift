import CPseudoTerminal

/// The programs that were built together with the tests.
public enum BuiltProducts {
  /// The path of the executable product `name`, beside the tests' own binary.
  public static func path(of name: String, besides image: UnsafeRawPointer = #dsohandle) -> String {
    guard let path = pseudo_terminal_image_path(image) else { return name }
    var directory = String(cString: path).split(separator: "/", omittingEmptySubsequences: false)
    directory.removeLast()
    // On some platforms the tests' binary lies in a bundle.
    if let bundle = directory.firstIndex(where: { $0.hasSuffix(".xctest") }) {
      directory.removeSubrange(bundle...)
    }
    return (directory + [Substring(name)]).joined(separator: "/")
  }
}
