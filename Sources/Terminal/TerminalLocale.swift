import Glibc

/// The C library's idea of characters, which `wcwidth` and libedit follow.
public enum TerminalLocale {
  /// Takes the character set from the environment, or `C.UTF-8` when that is not UTF-8.
  ///
  /// Only LC_CTYPE changes: numbers and messages stay as in the C locale. Call it once, before there is a
  /// second thread. True when characters are UTF-8 afterwards.
  @discardableResult
  public static func prepare() -> Bool {
    setlocale(LC_CTYPE, "")
    if isUTF8 { return true }
    for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUTF8 {
      return true
    }
    return false
  }

  /// Whether the C library now reads text as UTF-8.
  public static var isUTF8: Bool {
    guard let name = nl_langinfo(Int32(CODESET)) else { return false }
    return String(cString: name) == "UTF-8"
  }
}
