import Glibc

extension TerminalError {
  /// An error that ends with the system's words for `number`.
  ///
  /// `errno` is read when the call is made, before anything else can change it.
  static func system(
    _ code: Code, _ message: String, number: Int32 = errno, hint: String? = nil
  ) -> TerminalError {
    TerminalError(code, "\(message): \(String(cString: strerror(number)))", hint: hint)
  }
}
