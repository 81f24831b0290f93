extension ServerError {
  /// What psql wrote to standard error when it failed.
  public init(psqlSaid text: String) {
    let lines = text.split(separator: "\n").map(String.init)
    var message = lines.first ?? "it failed and said nothing"
    for prefix in ["psql: ", "error: ", "ERROR:  ", "FATAL:  "] where message.hasPrefix(prefix) {
      message.removeFirst(prefix.count)
    }
    if message.hasSuffix(".") { message.removeLast() }
    self.init(
      text.contains("canceling statement due to user request") ? .cancelled : .statement, "psql: \(message)",
      detail: lines.count > 1 ? lines.dropFirst().joined(separator: "\n") : nil)
  }
}
