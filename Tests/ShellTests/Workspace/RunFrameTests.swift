import Reports
import Testing

@testable import Shell

@Suite struct RunFrameTests {
  private let workspace = Workspace(environment: [:])

  @Test func `a run inside another one has reactions of its own, and the outer one's ticket and lesson`() {
    var outer = RunFrame(file: "/a.hypo", onFail: .rollback, ticket: "CHG-1", isLesson: true)
    outer.foreseenFailure = Failure(.script, "no")
    let inner = outer.inner(ticket: nil)
    #expect(inner.file == nil && inner.onFail == .stop && inner.foreseenFailure == nil)
    #expect(inner.ticket == "CHG-1" && inner.isLesson)
    #expect(outer.inner(ticket: "CHG-2").ticket == "CHG-2")
  }

  @Test func `what a run sets ends with it`() {
    workspace.react(by: .warn)
    workspace.run(in: workspace.frame.inner(ticket: "CHG-1")) {
      #expect(workspace.frame.onFail == .stop && workspace.frame.ticket == "CHG-1")
      workspace.react(by: .rollback)
      workspace.foresee(Failure(.script, "no"))
      #expect(workspace.frame.onFail == .rollback && workspace.frame.foreseenFailure != nil)
    }
    #expect(workspace.frame.onFail == .warn && workspace.frame.ticket == nil)
    #expect(workspace.frame.foreseenFailure == nil)
  }

  @Test func `a run that throws ends its frame, too`() {
    let failure = Failure(.script, "no")
    #expect(throws: failure) { try workspace.run(in: RunFrame(ticket: "CHG-1")) { throw failure } }
    #expect(workspace.frame.ticket == nil)
  }

  @Test func `a file runs while it, or what it runs, goes on`() {
    workspace.run(in: RunFrame(file: "/a.hypo")) {
      workspace.run(in: RunFrame(file: "/b.hypo")) {
        #expect(workspace.isRunning("/a.hypo") && workspace.isRunning("/b.hypo"))
      }
      #expect(workspace.isRunning("/a.hypo") && !workspace.isRunning("/b.hypo"))
    }
    #expect(!workspace.isRunning("/a.hypo"))
  }
}
