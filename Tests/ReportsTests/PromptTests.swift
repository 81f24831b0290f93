import IndexDesign
import Terminal
import Testing

@testable import Reports

@Suite struct PromptTests {
  private func prompt(_ change: (inout Prompt) -> Void) -> Prompt {
    var prompt = Prompt()
    (prompt.database, prompt.user, prompt.host, prompt.port) = ("orders", "joe", "db1", "5432")
    change(&prompt)
    return prompt
  }

  private func handles(_ numbers: Int...) -> [DesignHandle] { numbers.map { DesignHandle($0) } }

  @Test func `without a connection it is the name alone`() {
    #expect(Prompt().text(width: 80) == StyledText([.init("hypo", .strong), .init("> ")]))
  }

  @Test func `it says database, target, role, transaction and designs`() {
    #expect(prompt { _ in }.text(width: 80).text == "hypo orders> ")
    #expect(
      prompt {
        $0.target = "staging"
        $0.designs = handles(2)
      }.text(width: 80).text == "hypo orders@staging %2> ")
    #expect(
      prompt {
        $0.role = "standby"
        $0.transaction = .open
        $0.designs = handles(1, 3)
      }.text(width: 80).text == "hypo orders (standby) * %1 %3> ")
    #expect(
      prompt {
        $0.transaction = .failed
        $0.designs = handles(1, 2, 3, 4, 5)
      }.text(width: 80).text == "hypo orders ! 5 designs> ")
    #expect(
      prompt {
        $0.designs = handles(1)
        $0.areDesignsSeen = false
      }.text(width: 80).text == "hypo orders %1 off> ")
  }

  @Test func `it says that a notebook is recorded, where there is room for it`() throws {
    let recording = prompt {
      $0.designs = handles(1)
      $0.isRecording = true
    }
    #expect(recording.text(width: 80).text == "hypo orders %1 recording> ")
    #expect(recording.text(width: 48).text == "hypo orders recording> ")
    #expect(recording.text(width: 40).text == "hypo orders> ")
    #expect(prompt { $0.isRecording = true }.text(width: 80).runs.contains(.init("recording", .warning)))
    var alone = Prompt()
    alone.isRecording = true
    #expect(alone.text(width: 80).text == "hypo recording> ")
    var own = recording
    own.template = try PromptTemplate("{(recording)} {database}>")
    #expect(own.text(width: 80).text == "(recording) orders> ")
  }

  @Test func `production is a word and red`() {
    let production = prompt {
      $0.target = "live"
      $0.isProduction = true
    }
    #expect(
      production.text(width: 80)
        == StyledText([
          .init("hypo ", .strong), .init("PRODUCTION", .bad), .init(" "), .init("orders@live", .bad),
          .init("> "),
        ]))
  }

  @Test func `a pattern without it has the word for production in front`() throws {
    var production = prompt { $0.isProduction = true }
    production.template = try PromptTemplate("{database}$")
    #expect(production.text(width: 80).text == "PRODUCTION orders$ ")
  }

  @Test(arguments: [
    ("{user}@{host}:{port}/{database}{@target}# ", "joe@db1:5432/orders# "),
    ("{[role]} {database} {transaction} {designs}>", "orders> "), ("", "> "), ("{target}", "> "),
    ("{database} {target} is it? ", "orders is it? "), ("{database}", "orders "),
  ])
  func `a pattern is filled in, and blanks around nothing go`(pattern: String, text: String) throws {
    let template = try PromptTemplate(pattern)
    #expect(prompt { $0.template = template }.text(width: 80).text == text)
  }

  @Test(arguments: [
    (80, "hypo orders@staging (standby) * %1 %2> "), (76, "hypo orders@staging (standby) *> "),
    (60, "hypo orders@staging *> "), (40, "hypo orders *> "), (22, "orders *> "), (18, "orde… *> "),
    (4, "> "),
  ])
  func `half of a narrow row is left to type in`(width: Int, text: String) {
    let narrow = prompt {
      $0.target = "staging"
      $0.role = "standby"
      $0.transaction = .open
      $0.designs = handles(1, 2)
    }
    #expect(narrow.text(width: width).text == text)
  }

  @Test(arguments: [(80, "hypo PRODUCTION orders@live> "), (40, "PRODUCTION orders> "), (20, "PRODUCTION> ")])
  func `the word for production stays on the narrowest row`(width: Int, text: String) {
    let production = prompt {
      $0.target = "live"
      $0.isProduction = true
    }
    #expect(production.text(width: width).text == text)
  }
}
