import IndexDesign
import Notebook
import Reports
import Testing

@testable import Shell

@Suite struct WorkspaceTests {
  private let workspace = Workspace(environment: [:])

  @Test func `without a target nothing is connected to, and the way is told`() {
    let failure = caught { _ = try workspace.connected() }
    #expect(
      failure
        == Failure(
          .connection, "there is no connection",
          hint: "connect TARGET connects to a server; connect sandbox starts a private one to try things on"))
  }

  @Test func `a design goes from proposed to promoted, and its index's name stays`() throws {
    let definition = try IndexDefinitionParser.parseShortForm("orders(customer_id)").definition
    let handle = try workspace.design(definition, partitions: ["orders_2026"]).handle
    #expect(workspace.designs[handle]?.state == .proposed)
    #expect(workspace.designs[handle]?.partitions == ["orders_2026"])
    workspace.noteHypothetical(handle, estimatedSizeInBytes: 8_192)
    #expect(workspace.designs[handle]?.state == .hypothetical)
    #expect(workspace.designs[handle]?.estimatedSizeInBytes == 8_192)
    workspace.notePromoted(handle, as: "orders_idx", by: ChangeNumber(7))
    #expect(workspace.designs[handle]?.state == .promoted(ChangeNumber(7)))
    #expect(workspace.designs[handle]?.definition.name == "orders_idx")
    workspace.noteRolledBack(handle, by: ChangeNumber(8))
    #expect(workspace.designs[handle]?.definition.name == nil)
    #expect(workspace.designs[handle]?.state == .rolledBack(ChangeNumber(8)))
  }

  @Test func `values are captured and taken away by name`() {
    workspace.capture("42", as: "limit")
    #expect(workspace.values["limit"] == "42")
    workspace.capture(nil, as: "limit")
    #expect(workspace.values["limit"] == nil)
  }

  @Test func `settings begin as the configuration says and change by their entries`() throws {
    var configuration = Configuration()
    configuration.settings.format = .json
    let workspace = Workspace(environment: [:], configuration: configuration)
    #expect(workspace.settings.format == .json)
    let entry = try #require(Settings.entries.first { $0.name == "format" })
    workspace.set(entry, to: "csv")
    #expect(workspace.settings.format == .csv)
  }

  @Test func `changes are kept in the order in which they were made`() {
    for number: Int64 in [3, 4] { workspace.note(ChangeNumber(number)) }
    #expect(workspace.changes == [ChangeNumber(3), ChangeNumber(4)])
  }
}
