/// What the line editor remembers: the newest last, each text once.
struct HistoryEntries {
  /// Oldest first.
  private(set) var texts: [String] = []
  let limit: Int
  private let isSecret: (String) -> Bool

  init(limit: Int, isSecret: @escaping (String) -> Bool) {
    self.limit = limit
    self.isSecret = isSecret
  }

  /// The text to keep for `entry`; nil for blank ones, those that start with a space, and secrets.
  func kept(of entry: String) -> String? {
    guard !entry.hasPrefix(" "), !isSecret(entry) else { return nil }
    let lines = entry.trimmingSuffix { $0.isWhitespace }
    return lines.isEmpty || lines.contains("\0") ? nil : String(lines)
  }

  enum Change: Hashable {
    case none
    case added
    /// An equal older one went away.
    case moved
  }

  mutating func add(_ text: String) -> Change {
    if texts.last == text { return .none }
    let older = texts.firstIndex(of: text)
    if let older { texts.remove(at: older) }
    texts.append(text)
    if texts.count > limit { texts.removeFirst(texts.count - limit) }
    return older == nil ? .added : .moved
  }

  /// The newest entries, each once; nil when there are at most twice as many as `limit`.
  static func newest(_ all: [String], limit: Int) -> [String]? {
    guard all.count > 2 * limit else { return nil }
    var entries = HistoryEntries(limit: limit, isSecret: { _ in false })
    entries.replace(with: all)
    return entries.texts
  }

  /// Takes the entries of a store, oldest first.
  mutating func replace(with entries: [String]) {
    var seen: Set<String> = []
    let newestFirst = entries.reversed().filter { kept(of: $0) != nil && seen.insert($0).inserted }
    texts = Array(newestFirst.prefix(limit).reversed())
  }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> SubSequence {
    var rest = self[...]
    while let last = rest.last, predicate(last) { rest.removeLast() }
    return rest
  }
}
