import Notebook
import Reports
import Testing

@testable import Shell

@Suite struct BackslashTests {
  private func run(_ line: String) -> Failure? {
    caught { _ = try PreparedCommand(line) }
  }

  @Test(arguments: RefusedBackslash.all.flatMap(\.names))
  func `a command of psql that hypo does not run is refused with the reason and a way`(name: String) throws {
    let refused = try #require(RefusedBackslash.all.first { $0.names.contains(name) })
    let line = " \(name) some thing"
    let failure = run(name == "\\;" ? name : line)
    // A final semicolon is no part of a name.
    guard name != "\\;" else { return }
    #expect(
      failure
        == Failure(
          .script, "cannot run \(name): \(refused.reason)", hint: refused.hint,
          place: .init(text: line, range: 1..<1 + name.utf8.count)))
  }

  @Test func `each name of psql is in one table only`() {
    let names = RefusedBackslash.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(!PsqlLine.describes(name), "\(name)")
      #expect(!Backslash.own.contains(name), "\(name)")
    }
    #expect(Backslash.own.allSatisfy { !PsqlLine.describes($0) })
  }

  /// Every name of psql 18's manual page.
  static let manual = """
    a bind bind_named c connect C cd close_prepared conninfo copy copyright crosstabview d da dA dAc dAf dAo dAp db
    dc dconfig dC dd dD ddp dE di dm ds dt dv des det deu dew df dF dFd dFp dFt dg dl dL dn do dO dp dP drds drg dRp
    dRs dT du dx dX dy e edit echo ef encoding errverbose ev f flushrequest flush g gdesc getenv getresults gexec
    gset gx h help H html i include if elif else endif ir include_relative l list lo_export lo_import lo_list
    lo_unlink o out p print parse password prompt pset q quit qecho r reset restrict s sendpipeline set setenv sf
    startpipeline endpipeline syncpipeline sv t T timing unrestrict unset w write warn watch x z ! ?
    """.split(whereSeparator: \.isWhitespace).map { "\\\($0)" }

  @Test(arguments: manual) func `every command of psql is known`(name: String) {
    let isRefused = RefusedBackslash.all.contains { $0.names.contains(name) }
    #expect(PsqlLine.describes(name) || Backslash.own.contains(name) || isRefused)
  }

  @Test func `x and timing without a value turn their setting over`() throws {
    let loop = Loop(console: SilentConsole(), environment: [:])
    let workspace = loop.workspace
    var seen: [Settings.Expanded] = []
    for line in ["\\x", "\\x", "\\x", "\\x auto", "\\x ;", "\\x off"] {
      _ = try loop.report(of: line)
      seen.append(workspace.settings.expanded)
    }
    #expect(seen == [.on, .off, .on, .auto, .on, .off])
    for isOn in [true, false] {
      _ = try loop.report(of: "\\timing")
      #expect(workspace.settings.timing == isOn)
    }
  }

  @Test(arguments: [("\\timng", "did you mean \\timing?"), ("\\xyzzy", "help backslash lists them")])
  func `an unknown one is told with the nearest`(name: String, hint: String) {
    #expect(
      run("\(name) on")
        == Failure(
          .script, "unknown backslash command \(name)", hint: hint,
          place: .init(text: "\(name) on", range: 0..<name.utf8.count)))
  }
}
