import Storage
import Terminal

extension HistoryStore {
  /// The history in a file that all shells of a person share.
  init(_ lines: SharedLines) {
    self.init(
      load: { try lines.entries() }, append: { try lines.append($0) }, rewrite: { try lines.rewrite($0) })
  }
}
