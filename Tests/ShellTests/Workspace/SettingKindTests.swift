import IndexDesign
import Testing

@testable import Shell

@Suite struct SettingKindTests {
  private func problem(_ kind: SettingKind, _ text: String) -> SettingProblem? {
    do throws(SettingProblem) {
      _ = try kind.value(text, of: "it")
      return nil
    } catch { return error }
  }

  @Test func `a word is taken in any case, and on and off in other words`() throws {
    let toggle = SettingKind.choice(["on", "off"])
    #expect(try toggle.value("ON", of: "it") == "on")
    #expect(try toggle.value("true", of: "it") == "on")
    #expect(try toggle.value("False", of: "it") == "off")
    #expect(
      problem(.choice(["aligned", "json"]), "jsn")
        == SettingProblem(
          message: "it cannot be \"jsn\"", hint: "did you mean \"json\"? one of: aligned, json"))
    #expect(
      problem(.choice(["aligned", "json"]), "true")
        == SettingProblem(message: "it cannot be \"true\"", hint: "one of: aligned, json"))
  }

  @Test(arguments: ["0", "11", "x", "", "1.5", "99999999999999999999"])
  func `a number outside of the range is told`(text: String) throws {
    #expect(try SettingKind.wholeNumber(1...10).value("07", of: "it") == "7")
    #expect(
      problem(.wholeNumber(1...10), text)
        == SettingProblem(message: "it cannot be \"\(text)\"", hint: "a whole number from 1 to 10"))
  }

  @Test func `a path and a text are taken as they are`() throws {
    #expect(try SettingKind.file.value("/tmp/My File", of: "it") == "/tmp/My File")
    #expect(problem(.file, "") == SettingProblem(message: "it needs a path", hint: "for example ~/notes.txt"))
    #expect(problem(.text { _ in nil }, "x") == nil)
    let wrong = SettingProblem(message: "no", hint: "do", range: 0..<1)
    #expect(problem(.text { _ in wrong }, "x") == wrong)
  }
}
