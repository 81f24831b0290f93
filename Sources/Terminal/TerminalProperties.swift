import CLibEdit
import Glibc

/// What is known of the terminal behind a descriptor.
public struct TerminalProperties: Sendable {
  /// What `--color` says.
  public enum ColourChoice: String, Hashable, Sendable, CaseIterable {
    /// On a terminal that can, unless NO_COLOR is set.
    case auto
    /// Even into a pipe.
    case always
    /// Not at all.
    case never
  }

  /// The descriptor that was looked at.
  public let fileDescriptor: Int32
  /// Whether the descriptor was a terminal when it was looked at.
  public let isTerminal: Bool
  private let variable: @Sendable (String) -> String?

  /// The terminal behind `fileDescriptor`, with this process's environment.
  public init(fileDescriptor: Int32) {
    self.init(fileDescriptor: fileDescriptor) { name in getenv(name).map { String(cString: $0) } }
  }

  /// The terminal behind `fileDescriptor`; `variable` gives the environment's values.
  public init(fileDescriptor: Int32, variable: @escaping @Sendable (String) -> String?) {
    self.fileDescriptor = fileDescriptor
    isTerminal = Self.isTerminal(fileDescriptor)
    self.variable = variable
  }

  /// Whether `fileDescriptor` is a terminal.
  public static func isTerminal(_ fileDescriptor: Int32) -> Bool {
    isatty(fileDescriptor) == 1
  }

  /// Whether TERM names a terminal that knows no escape sequences, or none at all.
  public var isDumb: Bool {
    let name = variable("TERM") ?? ""
    return name.isEmpty || name == "dumb"
  }

  /// Columns, at this moment: the terminal's, else COLUMNS, else 80.
  public var width: Int { size(\.ws_col, orVariable: "COLUMNS", or: 80) }

  /// Rows, at this moment: the terminal's, else LINES, else 24.
  public var height: Int { size(\.ws_row, orVariable: "LINES", or: 24) }

  /// Whether to write attributes there. Source: no-color.org (set and not empty switches `auto` off).
  public func usesColour(_ choice: ColourChoice) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: isTerminal && !isDumb && (variable("NO_COLOR") ?? "").isEmpty
    }
  }

  private func size(_ field: KeyPath<winsize, UInt16>, orVariable name: String, or standard: Int) -> Int {
    var window = winsize()
    if hypo_window_size(fileDescriptor, &window) == 0, window[keyPath: field] > 0 {
      return Int(window[keyPath: field])
    }
    return variable(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? standard
  }
}
