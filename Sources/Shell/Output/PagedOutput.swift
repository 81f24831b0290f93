import Storage
import Terminal

/// Text for a screen: held back while it fits, and put aside for a pager as soon as it does not.
///
/// The pager starts when all of the text is there. A person may look at it for hours, and a statement that is
/// still running would hold its snapshot and its locks as long.
final class PagedOutput {
  /// Thrown when there is more than a person looks through: the rest is not to be fetched.
  struct IsFull: Error {}

  /// The most that is put aside, in bytes.
  static let limit = 64 << 20

  private let limit: Int
  private let width: Int
  private let height: Int
  private var held = ""
  private var rows = 0
  private var spool: NamelessFile?
  private var size = 0

  /// - Parameters:
  ///   - width: the columns of the screen.
  ///   - height: its rows.
  ///   - limit: the most bytes that are put aside.
  init(width: Int, height: Int, limit: Int = PagedOutput.limit) {
    (self.width, self.height, self.limit) = (width, height, limit)
  }

  /// Takes the next text, whole lines.
  ///
  /// - Throws: `IsFull` when it was the last that there is room for, `StorageError` when it could not be put aside.
  func write(_ text: String) throws {
    size += text.utf8.count
    if let spool {
      try spool.append(text)
      guard size < limit else { throw IsFull() }
      return
    }
    held += text
    rows += Self.rows(of: text, width: width)
    // The last row is the prompt's.
    guard rows >= height else { return }
    let spool = try NamelessFile()
    try spool.append(held)
    held = ""
    self.spool = spool
  }

  /// Shows all of it.
  ///
  /// - Parameters:
  ///   - put: writes to the screen.
  ///   - page: shows a longer text in a pager; false when there is none, and then all goes to `put`.
  func finish(put: (String) -> Void, page: (NamelessFile) -> Bool) {
    if !held.isEmpty { put(held) }
    if let spool, !page(spool) { spool.read(put) }
  }

  /// How many rows of the screen a text fills.
  static func rows(of text: String, width: Int) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(0) { sum, line in
      let visible = line.contains("\u{1B}") ? line.replacing(/\u{1B}\[[0-9;]*m/, with: "") : line
      return sum + max(1, (DisplayWidth.of(String(visible)) + width - 1) / max(1, width))
    }
  }
}
