import TestSupport
import Testing

/// Tab and the hint in the real program, on a pseudo-terminal.
@Suite struct CompletionTests {
  private func shell(colour: Bool) throws -> PseudoTerminal {
    var hypo = try Shop.hypo()
    if !colour { hypo.environment["NO_COLOR"] = "1" }
    let terminal = try hypo.onTerminal(width: 80, height: 40)
    try terminal.waitForPrompt()
    return terminal
  }

  /// The rows from the last one that is just this on.
  private func rows(_ terminal: PseudoTerminal, from first: String) -> [String] {
    let rows = terminal.screen.text.split(separator: "\n").map(String.init)
    return Array(rows[(rows.lastIndex(of: first) ?? rows.endIndex)...])
  }

  @Test func `Tab goes on, lists tables, and lists columns with what they lead`() throws {
    let terminal = try shell(colour: false)
    let prompt = "hypo \(try Shop.database().name)>"
    try terminal.type("hypo add or")
    // On a busy machine the names may not be there at the first Tab, which then says so.
    for notes in 1...200 {
      try terminal.type("\t")
      try terminal.waitForScreen("an answer to Tab") { screen in
        screen.rows.filter { $0.contains("names are being read") }.count >= min(notes, 10)
          || screen.rows.contains("\(prompt) hypo add order")
      }
      if terminal.screen.rows.contains("\(prompt) hypo add order") { break }
      try terminal.waitForPrompt()
    }
    try terminal.type("\t")
    try terminal.waitForPrompt()
    try terminal.type("s\t")
    try terminal.waitForScreen("\(prompt) hypo add orders(")
    try terminal.type("\t")
    try terminal.waitForPrompt()
    #expect(
      rows(terminal, from: "order_lines  orders") == [
        "order_lines  orders",
        "\(prompt) hypo add orders(",
        "id           integer, leads orders_pkey",
        "customer_id  integer",
        "status       text",
        "total        numeric(12,2)",
        "note         text",
        "created_at   timestamp with time zone, leads orders_created_at_idx",
        "\(prompt) hypo add orders(",
      ])
    try terminal.type("cust\t")
    try terminal.waitForScreen("hypo add orders(customer_id")
  }

  @Test func `the rest of the synopsis stands behind a command`() throws {
    let terminal = try shell(colour: true)
    try terminal.type("explain @1")
    try terminal.waitForScreen("explain @1 [with (VALUE, …) | generic]")
  }

  @Test func `without a connection commands are completed all the same`() throws {
    let terminal = try HypoProcess().onTerminal()
    try terminal.waitForPrompt()
    try terminal.type("expl\t@")
    try terminal.waitForScreen("explain @")
  }
}
