/// Where hypo keeps what outlives a session: the ledger, evidence, the history of the prompt, the sandbox.
///
/// Source: XDG Base Directory Specification, which wants a relative `XDG_STATE_HOME` passed over.
public struct StateFolder: Equatable, Sendable {
  /// `${XDG_STATE_HOME:-~/.local/state}/hypo`; it may be missing.
  public let path: String
  /// What to tell the person, one sentence without a final full stop; nil as a rule.
  public let warning: String?

  /// Finds the folder.
  ///
  /// - Parameter what: what is to be kept, for the message: "the ledger".
  /// - Throws: `StorageError` with code `.noPlace` when neither variable names a place.
  public init(environment: [String: String], for what: String = "records") throws(StorageError) {
    if let path = Self.named(in: environment) {
      (self.path, warning) = (path, nil)
      return
    }
    let state = environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    guard let home = environment["HOME"], !home.isEmpty else {
      throw StorageError(
        .noPlace,
        "could not find a place for \(what): "
          + (state.map { "XDG_STATE_HOME is \"\($0)\", which is no absolute path, and HOME is not set" }
            ?? "neither XDG_STATE_HOME nor HOME is set"),
        hint: "set XDG_STATE_HOME to a folder of yours")
    }
    let path = "\(home)/.local/state/hypo"
    self.path = path
    warning = state.map {
      "XDG_STATE_HOME is \"\($0)\", which is no absolute path: hypo keeps its records in \"\(path)\""
    }
  }

  /// The folder that `XDG_STATE_HOME` names; nil when it names none.
  public static func named(in environment: [String: String]) -> String? {
    guard let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") else { return nil }
    return "\(state)/hypo"
  }
}
