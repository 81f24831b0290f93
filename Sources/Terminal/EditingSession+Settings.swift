import CLibEdit
import Glibc

/// The person's own settings of the editor.
///
/// libedit's reader of the file does whatever a line says, and crashes on one with an open quote.
extension EditingSession {
  /// Takes what `EditorSettings` accepts of a file; one that is not there, or not a file, says nothing.
  func readSettings(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    guard isFile, let file = fdopen(descriptor, "r") else {
      close(descriptor)
      return
    }
    defer { fclose(file) }
    // What libedit has to say of a line stays unsaid.
    guard let listing = EditorListing(editor), let words = tok_winit(nil) else { return }
    defer { tok_wend(words) }
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    defer { free(line) }
    while getline(&line, &room, file) > 0, let text = line {
      take(String(cString: text), words)
    }
    withExtendedLifetime(listing) {}
  }

  private func take(_ line: String, _ tokenizer: OpaquePointer) {
    let text = line.prefix { $0 != "\n" && $0 != "\r\n" }
    guard !text.drop(while: { $0 == " " || $0 == "\t" }).hasPrefix("#") else { return }
    tok_wreset(tokenizer)
    Self.withWide(String(text)) { wide in
      var count: Int32 = 0
      var words: UnsafeMutablePointer<UnsafePointer<wchar_t>?>?
      // Not zero: a quote is open.
      guard tok_wstr(tokenizer, wide, &count, &words) == 0, count > 0, let words else { return }
      let texts = (0..<Int(count)).compactMap { index in
        words[index].map { Self.text($0, count: wcslen($0)) }
      }
      if EditorSettings.accept(texts) { el_wparse(editor, count, words) }
    }
  }

  /// The file that `EDITRC` names, or `.editrc` of the home folder; nil when there is no such folder.
  static var settingsPath: String? {
    if let own = getenv("EDITRC") { return String(cString: own) }
    return getenv("HOME").map { String(cString: $0) + "/.editrc" }
  }
}
