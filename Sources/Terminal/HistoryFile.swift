import Glibc

/// The history on disk: UTF-8, one entry a line, readable by its owner only.
///
/// A newline inside an entry is written `\n` and a backslash `\\`. Several shells may use the file at once:
/// each entry is appended under a lock, and a file that has grown too long is replaced by a shorter one
/// under the same lock.
struct HistoryFile {
  let path: String
  /// Entries that the file is cut back to once it holds twice as many.
  let limit: Int

  /// The entries, oldest first; none when there is no file.
  func load() throws(TerminalError) -> [String] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return [] }
      throw failure("could not open history file")
    }
    defer { close(file) }
    return Self.entries(in: try contents(of: file))
  }

  /// Adds `entry` at the end; makes the file when there is none.
  func append(_ entry: String) throws(TerminalError) {
    let file = try openLocked()
    defer { close(file) }
    try write(Self.line(for: entry), to: file)
  }

  /// Cuts the file back to its newest entries, each once, when it holds more than twice `limit` lines.
  func compact() throws(TerminalError) {
    let file = try openLocked()
    defer { close(file) }
    let all = Self.entries(in: try contents(of: file))
    guard all.count > 2 * limit else { return }
    var entries = HistoryEntries(limit: limit, isSecret: { _ in false })
    entries.replace(with: all)
    // A link to the file stays one: what it leads to is replaced.
    let target = realpath(path, nil).map { name in
      defer { free(name) }
      return String(cString: name)
    }
    let path = target ?? path
    let new = "\(path).new"
    unlink(new)
    let replacement = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard replacement >= 0 else { throw failure("could not shorten history file") }
    defer { close(replacement) }
    try write(entries.texts.map(Self.line).joined(), to: replacement)
    guard rename(new, path) == 0 else { throw failure("could not shorten history file") }
  }

  static func line(for entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line += #"\\"#
      case "\n": line += #"\n"#
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line + "\n"
  }

  static func entries(in text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n").map { line in
      var entry = String.UnicodeScalarView()
      var isEscaped = false
      for scalar in line {
        if isEscaped {
          entry.append(scalar == "n" ? "\n" : scalar)
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else {
          entry.append(scalar)
        }
      }
      return String(entry)
    }
  }

  /// Another shell may replace the file while this one waits for the lock: then it starts over.
  private func openLocked() throws(TerminalError) -> Int32 {
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw failure("could not open history file") }
      var opened = stat()
      var current = stat()
      if flock(file, LOCK_EX) == 0, fstat(file, &opened) == 0, stat(path, &current) == 0,
        opened.st_ino == current.st_ino, opened.st_dev == current.st_dev
      {
        if opened.st_mode & 0o077 != 0 { fchmod(file, 0o600) }
        return file
      }
      let number = errno
      close(file)
      if opened.st_ino == 0 { throw failure("could not lock history file", number: number) }
    }
  }

  private func contents(of file: Int32) throws(TerminalError) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    lseek(file, 0, SEEK_SET)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("could not read history file")
      }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private func write(_ text: String, to file: Int32) throws(TerminalError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("could not write history file")
      }
      rest = rest.dropFirst(count)
    }
  }

  private func failure(_ message: String, number: Int32 = errno) -> TerminalError {
    .system(.history, "\(message) \"\(path)\"", number: number)
  }
}
