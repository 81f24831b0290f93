import CLibEdit
import Glibc

/// What libedit writes while it is asked something: of its keys it tells in no other way.
final class EditorListing {
  private let editor: OpaquePointer
  private let bytes: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = .allocate(capacity: 1)
  private let size: UnsafeMutablePointer<Int> = .allocate(capacity: 1)
  private let stream: UnsafeMutablePointer<FILE>
  private var read = 0

  /// From here on libedit writes to nobody but this listing, until it goes; nil when there is no memory.
  init?(_ editor: OpaquePointer) {
    self.editor = editor
    bytes.initialize(to: nil)
    size.initialize(to: 0)
    guard let stream = open_memstream(bytes, size) else { return nil }
    self.stream = stream
    hypo_el_set_streams(editor, stream)
  }

  deinit {
    hypo_el_set_standard_streams(editor)
    fclose(stream)
    free(bytes.pointee)
    bytes.deallocate()
    size.deallocate()
  }

  /// The functions that keys beginning with `keys` are bound to, in one of the two maps; empty for none.
  func functions(of keys: [UInt8], inCommands: Bool) -> [String] {
    EditingSession.withWide(Self.notation(keys)) {
      inCommands ? hypo_el_show_in_commands(editor, $0) : hypo_el_show(editor, $0)
    }
    return take().split(separator: "\n").compactMap { line in
      // Such as `"^[x"          ->  ed-command`.
      let words = line.split { $0 == " " || $0 == "\t" }
      return words.count >= 2 && words[words.count - 2] == "->" ? words.last.map { String($0) } : nil
    }
  }

  /// Keys as libedit reads them: octal numbers, because some characters have a meaning of their own.
  static func notation(_ keys: [UInt8]) -> String {
    keys.map { key in
      let digits = String(key, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }

  private func take() -> String {
    fflush(stream)
    defer { read = size.pointee }
    guard let start = bytes.pointee, size.pointee > read else { return "" }
    let raw = UnsafeRawBufferPointer(start: start + read, count: size.pointee - read)
    return String(decoding: raw, as: UTF8.self)
  }
}
