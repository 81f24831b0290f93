import Notebook
import Reports
import Server

extension NotebookGuard {
  /// Whether a step runs on the server that a session is connected to.
  func holds(in workspace: Workspace) throws -> Bool { try isMet(in: workspace) != isNegated }

  private func isMet(in workspace: Workspace) throws -> Bool {
    let facts = try workspace.connected().facts
    return switch subject {
    case .aurora: facts.isAurora
    case .standby: facts.isInRecovery
    case .primary: !facts.isInRecovery
    case .production: workspace.isOnProduction
    case .sandbox: workspace.targets.isOnSandbox
    case .postgresql(let bound): bound?.holds(facts.shortVersion) ?? true
    case .hypopg(let bound): facts.hypopg.map { bound?.holds($0.version) ?? true } ?? false
    case .statStatements(let bound): facts.statStatements.map { bound?.holds($0.version) ?? true } ?? false
    }
  }

  /// What is there in its place, for the message that a notebook's requirement is not met.
  func finding(in workspace: Workspace) throws -> String {
    let facts = try workspace.connected().facts
    return switch subject {
    case .aurora: facts.isAurora ? "this is Aurora" : "this is not Aurora"
    case .standby, .primary: "this is a \(facts.role)"
    case .production: workspace.isOnProduction ? "this is production" : "this is not production"
    case .sandbox: workspace.targets.isOnSandbox ? "this is the sandbox" : "this is not the sandbox"
    case .postgresql: "this is PostgreSQL \(facts.shortVersion)"
    case .hypopg: facts.hypopg.map { "HypoPG is \($0.version)" } ?? "HypoPG is not installed here"
    case .statStatements:
      facts.statStatements.map { "pg_stat_statements is \($0.version)" }
        ?? "pg_stat_statements is not installed here"
    }
  }
}

extension NotebookHeader {
  /// Sees that the server is what the notebook requires.
  ///
  /// - Throws: `Failure` with the first requirement that is not met, and what is there instead.
  func checkRequirements(of file: String, in workspace: Workspace) throws {
    for requirement in requirements where try !requirement.holds(in: workspace) {
      throw Failure(
        .script, "\(file) requires \(requirement.text), and \(try requirement.finding(in: workspace))",
        hint: "doctor says how to get what is missing; another TARGET may have it")
    }
  }
}
