import Reports
import Testing

@testable import Shell

@Suite struct TypedPasswordTests {
  @Test(arguments: [
    "connect 'host=h password=hunter2", "conect postgresql://u:hunter2@h/db", "postgresql://u:hunter2@h/db",
    "connect postgresql://u:hunter2@h/db > foo.bad", "\\password hunter2",
    "alter role x password 'hunter2';", "connect a b c postgresql://u:hunter2@h e",
  ])
  func `a typed password is not repeated`(line: String) {
    let console = SilentConsole()
    let loop = Loop(console: console, environment: [:])
    do {
      _ = try Redirection.split(line)
      _ = try loop.report(of: line)
      Issue.record("it did not fail")
    } catch { loop.complain(Failure(error)) }
    let text = console.errors.joined(separator: "\n")
    #expect(text.hasPrefix("error: ") && !text.contains("hunter2"), "\(text)")
  }
}
