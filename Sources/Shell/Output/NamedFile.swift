import Reports
import Storage

/// Files that commands write, named as they were typed.
enum NamedFile {
  /// Makes sure that a file can be written as a whole, before any work is done for it.
  ///
  /// - Parameters:
  ///   - name: the path as it was typed; `~` is the home folder.
  ///   - replaces: whether an existing file is replaced.
  ///   - home: the home folder; nil when none is known.
  /// - Throws: `Failure` with what is in the way.
  static func replaced(_ name: String, replaces: Bool = true, home: String?) throws(Failure) -> ReplacedFile {
    do throws(StorageError) {
      return try ReplacedFile(name.withHome(home), named: name, replaces: replaces)
    } catch {
      var failure = Failure(error)
      if error.code == .exists { failure.hint = ">! \(name) replaces it" }
      throw failure
    }
  }

  /// Begins a file that grows, whole pieces only.
  ///
  /// - Throws: `Failure` when it exists and may not be replaced, or cannot be made.
  static func growing(_ name: String, replaces: Bool, home: String?) throws(Failure) -> AppendedFile {
    do throws(StorageError) {
      return try AppendedFile(
        name.withHome(home), named: "\"\(name)\"", replaces ? .replaced : .new, mode: 0o644)
    } catch {
      var failure = Failure(error)
      failure.hint =
        switch error.code {
        case .exists: "record \(name) --replace begins it anew"
        case .busy: "another session records into it; name another file"
        default: error.hint ?? "name a file in a folder that you may write to"
        }
      throw failure
    }
  }
}

extension Failure {
  /// A file that a command was to write or to read: the person's to mend, so a failure of the script.
  init(_ error: StorageError) {
    self.init(.script, error.message, hint: error.hint)
  }
}

extension String {
  /// A path as it was typed, with the home folder in the place of a leading `~/`.
  ///
  /// - Parameter home: the home folder; nil when none is known, which leaves the path as it is.
  func withHome(_ home: String?) -> String {
    guard hasPrefix("~/"), let home else { return self }
    return home + dropFirst()
  }
}
