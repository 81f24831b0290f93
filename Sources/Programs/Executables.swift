import Glibc

/// Finds executables by name.
public enum Executables {
  /// The folders of `PATH`, in order, without the relative ones.
  public static var searchPath: [String] {
    guard let value = getenv("PATH") else { return ["/usr/bin", "/bin"] }
    return String(cString: value).split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
  }

  /// The first executable file of that name.
  ///
  /// - Parameters:
  ///   - name: a file name without a slash.
  ///   - folders: where to look, in order; `searchPath` when left out.
  /// - Returns: the absolute path of the file.
  /// - Throws: `ProgramError.Code.notFound` with the folders that were searched.
  public static func find(_ name: String, in folders: [String] = searchPath) throws(ProgramError) -> String {
    for folder in folders {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      if isExecutableFile(path) { return path }
    }
    throw ProgramError(
      .notFound, "could not find the program \"\(name)\"",
      detail: "searched \(folders.isEmpty ? "nowhere" : folders.joined(separator: ", "))")
  }

  /// Whether the path names a regular file that this process may execute.
  public static func isExecutableFile(_ path: String) -> Bool {
    // A folder passes access(X_OK) too: there the bit means "may be entered".
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
