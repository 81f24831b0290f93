import IndexDesign
import Reports
import Testing

@testable import Shell

@Suite struct ConfigurationParserTests {
  private func parse(_ text: String, isPrivate: Bool = true) throws -> Configuration {
    try ConfigurationParser(path: "/c", isPrivate: isPrivate).parse(Array(text.utf8))
  }

  /// `line: message | hint | shown line | caret`, without the way out that every hint ends with.
  private func problem(_ text: String, isPrivate: Bool = true) -> String {
    do {
      _ = try parse(text, isPrivate: isPrivate)
      return "none"
    } catch let problem as Configuration.Problem {
      let failure = problem.failure
      let hint = failure.hint ?? ""
      guard problem.path == "/c", failure.status == .ownFailure, hint.hasSuffix(ConfigurationParser.wayOut)
      else { return "\(problem)" }
      let place = failure.place.map { " | \($0.text) | \($0.range.lowerBound)" } ?? ""
      return "\(problem.line): \(failure.message) | "
        + String(hint.dropLast(ConfigurationParser.wayOut.count + 1)) + place
    } catch { return "\(error)" }
  }

  @Test func `settings and targets are read`() throws {
    let configuration = try parse(
      """
      \u{FEFF}# mine
      format = json\r
      TIMING=true
        prompt = '{database}$ '

      [target staging]
      conninfo = host=db2 dbname='or ders'

      [ Target   live-1.eu ]
      # everything
      conninfo = postgresql://joe@db1/orders?sslmode=require
      production = on
      change-window = Mon-Fri 22:00-04:00 Europe/Berlin
      promote = Refuse
      measure = allow
      """)
    #expect(configuration.settings.format == .json)
    #expect(configuration.settings.timing)
    #expect(configuration.settings.prompt.text == "{database}$ ")
    #expect(!configuration.settings.yes)
    #expect(
      configuration.targets == [
        Target(name: "staging", conninfo: "host=db2 dbname='or ders'"),
        Target(
          name: "live-1.eu", conninfo: "postgresql://joe@db1/orders?sslmode=require",
          policy: TargetPolicy(
            isProduction: true,
            changeWindow: try ChangeWindow("Mon-Fri 22:00-04:00 Europe/Berlin", zones: .ofThisMachine),
            allowsChanges: false, measuring: true)),
      ])
    #expect(configuration.target("staging")?.isProduction == false)
    #expect(configuration.target("Staging") == nil)
    #expect(configuration.nearest(to: "stagin") == "did you mean the target \"staging\"?")
    #expect(configuration.nearest(to: "orders") == nil)
  }

  @Test(arguments: ["", "\n\n", "# only a comment", "\u{FEFF}"])
  func `nothing is a configuration too`(text: String) throws {
    #expect(try parse(text) == Configuration())
  }

  private static let settings = Settings.entries.map(\.name).joined(separator: ", ")

  @Test(arguments: [
    ("\nfromat = json", "2: unknown setting \"fromat\" | did you mean \"format\"? | fromat = … | 0"),
    ("zzz = 1", "1: unknown setting \"zzz\" | settings: \(Self.settings); | zzz = … | 0"),
    ("yes = on", "1: unknown setting \"yes\" | only the command line takes --yes; | yes = … | 0"),
    (
      "production = true",
      "1: unknown setting \"production\" | it belongs below a line [target NAME]; | production = … | 0"
    ),
    (
      "format = xml",
      "1: format cannot be \"xml\" | one of: \(Settings.Format.allCases.map(\.rawValue).joined(separator: ", ")); | format = xml | 9"
    ),
    (
      "timing = on # always",
      "1: timing cannot be \"on # always\" | a comment has a line of its own; | timing = on # always | 9"
    ),
    (
      "prompt = '{usr}'",
      "1: unknown placeholder \"{usr}\" | did you mean \"{user}\"? placeholders: production, database, target, user, host, port, role, transaction, designs, recording; | prompt = '{usr}' | 11"
    ),
    (
      "prompt = 'x",
      "1: the quote is not closed | a value that begins with a quote ends with one; | prompt = 'x | 9"
    ),
    (
      "timing = on\nTiming = off",
      "2: \"timing\" is in line 1 already | remove one of the two; | Timing = … | 0"
    ),
    (
      "  hello",
      "1: expected name = value | a comment begins with #, a target with [target NAME]; |   hello | 2"
    ),
    ("= x", "1: a name is missing before = | name = value; | = … | 0"),
  ])
  func `a wrong setting is told`(text: String, told: String) {
    #expect(problem(text) == told)
  }

  private static let usage = "a section begins with [target NAME];"

  @Test(arguments: [
    ("[target x", "1: the bracket is not closed | \(Self.usage) | [target x | 0"),
    ("[server x]", "1: unknown section \"[server x]\" | \(Self.usage) | [server x] | 0"),
    ("[target]", "1: the target has no name | \(Self.usage) | [target] | 0"),
    (
      "[target sandbox]",
      "1: \"sandbox\" is hypo's own | give the target another name; | [target sandbox] | 8"
    ),
    (
      "[target my db]",
      "1: a target cannot be called \"my db\" | a name has letters, digits, and, after the first one, _ - .; | [target my db] | 8"
    ),
    (
      "[target -x]",
      "1: a target cannot be called \"-x\" | a name has letters, digits, and, after the first one, _ - .; | [target -x] | 8"
    ),
    (
      "\n[target x]\nproduction = true\n",
      "2: the target \"x\" has no conninfo | conninfo = … says what to connect to, for example conninfo = host=db1 dbname=orders; | [target x] | 0"
    ),
    (
      "[target x]\nconninfo = a\n[target x]\nconninfo = b",
      "3: the target \"x\" is in line 1 already | give one of the two another name; | [target x] | 8"
    ),
    (
      "[target x]\nconninfo = a\nprodution = true",
      "3: unknown name \"prodution\" in a target | did you mean \"production\"? | prodution = … | 0"
    ),
    (
      "[target x]\nconninfo = a\nformat = json",
      "3: unknown name \"format\" in a target | settings come before the first [target NAME]; | format = … | 0"
    ),
    (
      "[target x]\nconninfo = a\ncolour = 1",
      "3: unknown name \"colour\" in a target | a target has conninfo, production, change-window, promote, measure; | colour = … | 0"
    ),
    (
      "[target x]\nconninfo = a\nproduction = yes",
      "3: production cannot be \"yes\" | one of: true, false; | production = yes | 13"
    ),
    (
      "[target x]\nconninfo = a\npromote = never",
      "3: promote cannot be \"never\" | one of: allow, refuse; | promote = never | 10"
    ),
    (
      "[target x]\nchange-window = Mon 22:00",
      "2: \"22:00\" are no hours | two times from 00:00 to 24:00, such as 22:00-04:00; | change-window = Mon 22:00 | 20"
    ),
    (
      "[target x]\nchange-window = 'Mon 22:00'",
      "2: \"22:00\" are no hours | two times from 00:00 to 24:00, such as 22:00-04:00; | change-window = 'Mon 22:00' | 21"
    ),
    (
      "[target x]\nconninfo =",
      "2: conninfo is empty | a database's name, a conninfo string, a URI, service=NAME, or sandbox; | conninfo =… | 10"
    ),
    (
      "[target x]\nconninfo = a\nconninfo = b",
      "3: \"conninfo\" is in line 2 already | remove one of the two; | conninfo = … | 0"
    ),
  ])
  func `a wrong target is told`(text: String, told: String) {
    #expect(problem(text) == told)
  }

  @Test(arguments: [
    "[target x]\nconninfo = host=h password=geheim",
    "[target x]\nconninfo = postgresql://joe:geheim@h/db",
    "[target x]\nconninfo = postgresql:///db?password=geheim",
  ])
  func `a password is for a file that only its owner may read`(text: String) throws {
    #expect(try parse(text).targets.count == 1)
    #expect(
      problem(text, isPrivate: false)
        == "2: a password in a file that others may read | chmod 600 '/c', or put the password into ~/.pgpass; | conninfo = … | 11"
    )
  }

  @Test(arguments: [
    "[target x]\nconninfo = host=h pasword=geheim", "[target x]\nconinfo = host=h password=geheim",
    "password=geheim", "connect postgres://joe:geheim@h/db", "[target x]\nproduction = password=geheim",
    "[target x]\nconninfo = postgresql://joe:geheim@[h/db",
    "[target x]\nconninfo = host=h password='geheim",
  ])
  func `what may be a password is not repeated`(text: String) {
    let told = problem(text)
    #expect(told != "none" && !told.contains("geheim"), "\(told)")
  }

  @Test func `bytes that are no text are told with their line`() {
    func failure(_ bytes: [UInt8]) -> String? {
      do {
        _ = try ConfigurationParser(path: "/c", isPrivate: true).parse(bytes)
        return nil
      } catch { return "\(error.line): \(error.failure.message)" }
    }
    #expect(failure(Array("# a\nprompt = ".utf8) + [0xFF]) == "2: the line is no UTF-8 text")
    #expect(failure(Array("# a\u{0}".utf8)) == "1: the line is no UTF-8 text")
  }
}
