import Notebook
import Reports
import Testing

@testable import Shell

@Suite struct SettingsTests {
  @Test func `each setting can be given each of its values and shows it`() {
    for entry in Settings.entries {
      for value in entry.values {
        var settings = Settings()
        entry.set(&settings, value)
        #expect(entry.get(settings) == value, "\(entry.name)")
      }
    }
  }

  @Test func `what a setting has by itself it can be given`() throws {
    for entry in Settings.entries {
      var settings = Settings()
      entry.set(&settings, try entry.kind.value(entry.get(Settings()), of: entry.name))
      #expect(settings == Settings(), "\(entry.name)")
    }
  }

  @Test func `a wrong place in a value is told where it stands`() {
    #expect(
      failure("set prompt  '{usr}> '")?.place == .init(text: "set prompt  '{usr}> '", range: 14..<21))
    #expect(failure("set prompt {user}> ;") == nil)
    #expect(
      failure("set prompt 'x")
        == Failure(
          .script, "the quote is not closed", hint: "a value that begins with a quote ends with one",
          place: .init(text: "set prompt 'x", range: 11..<13)))
  }

  @Test func `settings are in the order of their names and say what they are for`() {
    #expect(Settings.entries.map(\.name) == Settings.entries.map(\.name).sorted())
    for entry in Settings.entries { #expect(!entry.summary.isEmpty && !entry.summary.hasSuffix(".")) }
  }

  private func failure(_ text: String) -> Failure? {
    do throws(Failure) {
      _ = try SetCommand(reading: text, from: 3)
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    "set", "set format", "set FORMAT Json", "set format = json", "set format to json", "set format=json",
    "set timing on ;", "set timing 'on'", "set format \"JSON\"", "set timing true",
  ])
  func `a setting is written in the ways of SQL`(text: String) {
    #expect(failure(text) == nil)
  }

  @Test func `an unknown setting is told with the nearest`() {
    #expect(
      failure("set fromat json")
        == Failure(
          .script, "unknown setting \"fromat\"", hint: "did you mean \"format\"?",
          place: .init(text: "set fromat json", range: 4..<10)))
    #expect(
      failure("set work_mem")
        == Failure(
          .script, "unknown setting \"work_mem\"",
          hint:
            "settings: expanded, format, keep_literals, pager, plan_functions, prompt, timing; the server's settings are SQL: end with ;",
          place: .init(text: "set work_mem", range: 4..<12)))
  }

  @Test func `a wrong value is told with those that are right`() {
    #expect(
      failure("set format xml")
        == Failure(
          .script, "format cannot be \"xml\"", hint: "one of: aligned, expanded, json, csv, markdown, html",
          place: .init(text: "set format xml", range: 11..<14)))
    #expect(
      failure("set timing on off")
        == Failure(
          .script, "unexpected \"off\"", hint: "timing takes one value: on, off",
          place: .init(text: "set timing on off", range: 14..<17)))
  }
}
