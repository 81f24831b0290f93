/// Where the history of a line editor outlives it; the editor itself knows no file.
public struct HistoryStore {
  let load: () throws -> [String]
  let append: (String) throws -> Void
  let rewrite: ((_ change: ([String]) -> [String]?) throws -> Void)

  /// Makes a store from what it does.
  ///
  /// - Parameters:
  ///   - load: gives the entries, oldest first.
  ///   - append: adds one at the end.
  ///   - rewrite: puts what the function makes of all entries in their place, nil for nothing, while no other
  ///     editor can add one.
  public init(
    load: @escaping () throws -> [String], append: @escaping (String) throws -> Void,
    rewrite: @escaping (_ change: ([String]) -> [String]?) throws -> Void
  ) {
    (self.load, self.append, self.rewrite) = (load, append, rewrite)
  }
}
