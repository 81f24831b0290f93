import Programs
import Terminal

/// Text for a screen: held back while it fits, given to a pager as soon as it does not.
final class PagedOutput {
  /// Thrown when the person has left the pager: nobody reads what is still to come.
  struct NobodyReads: Error {}

  private let width: Int
  private let height: Int
  private var held = ""
  private var rows = 0
  private var pager: FedProgram?
  private let start: () -> FedProgram?
  private let put: (String) -> Void
  private var isPlain = false

  /// - Parameters:
  ///   - width: the columns of the screen.
  ///   - height: its rows.
  ///   - start: starts the pager; nil when there is none, and then all goes to `put`.
  ///   - put: writes to the screen.
  init(width: Int, height: Int, start: @escaping () -> FedProgram?, put: @escaping (String) -> Void) {
    (self.width, self.height, self.start, self.put) = (width, height, start, put)
  }

  /// Takes the next text, whole lines.
  func write(_ text: String) throws {
    if isPlain { return put(text) }
    if pager == nil {
      held += text
      rows += Self.rows(of: text, width: width)
      // The last row is the prompt's.
      guard rows >= height else { return }
      pager = start()
      isPlain = pager == nil
      let all = held
      held = ""
      return try write(all)
    }
    if pager?.write(text) == false { throw NobodyReads() }
  }

  /// Shows what was held back, or waits until the person leaves the pager.
  func finish() {
    if !held.isEmpty { put(held) }
    pager?.finish()
  }

  /// How many rows of the screen a text fills.
  static func rows(of text: String, width: Int) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(0) { sum, line in
      let visible = line.contains("\u{1B}") ? line.replacing(/\u{1B}\[[0-9;]*m/, with: "") : line
      return sum + max(1, (DisplayWidth.of(String(visible)) + width - 1) / max(1, width))
    }
  }
}
