import IndexDesign
import Server

extension Sitting {
  /// Opens the one analysis session; the old one is left only when the new one stands.
  func connect(to target: String) throws -> Session {
    try connect(to: Destination(target, targets: configuration.targets))
  }

  /// Opens the one analysis session; the old one is left only when the new one stands.
  ///
  /// A database by its name is one of the present server, which keeps host, port, user and the target's policy; all
  /// else starts anew.
  func connect(to destination: Destination) throws -> Session {
    let new: Session
    var options = SessionOptions()
    options.keepsSentStatements = keepsSentStatements
    do {
      new = try Session(
        connectionTarget(of: destination), options: options, interrupts: watchfulInterrupts(),
        password: { [console] in console.askSecret("Password: ") })
    } catch {
      throw unconnected(error, destination)
    }
    adopt(new, openedBy: name(of: destination, new))
    return new
  }

  private func connectionTarget(of destination: Destination) throws -> ConnectionTarget {
    switch destination {
    case .sandbox: return ConnectionTarget(keywords: try SandboxAccess.start(self))
    case .named(let target):
      return target.conninfo == "sandbox"
        ? try connectionTarget(of: .sandbox) : try ConnectionTarget(target.conninfo)
    case .conninfo(let text): return try ConnectionTarget(text)
    case .database(let database, let user, let host, let port):
      if let session {
        return ConnectionTarget(like: session, database: database, user: user, host: host, port: port)
      }
      let values = ["dbname": database, "user": user, "host": host, "port": port]
      return ConnectionTarget(keywords: values.compactMapValues { $0 })
    }
  }

  /// The name that a destination is opened by: another database of the present server keeps it.
  private func name(of destination: Destination, _ new: Session) -> String? {
    switch destination {
    case .named(let target): target.name
    case .sandbox: "sandbox"
    case .conninfo: nil
    case .database: session?.place.isSame(as: new.place) == true ? openedName : nil
    }
  }

  /// libpq asks indented questions behind its message; the hint says what to do instead.
  private func unconnected(_ error: any Error, _ destination: Destination) -> Failure {
    var failure = Failure(error)
    guard failure.status == .connection else { return failure.context("could not connect") }
    failure.message = failure.message.split(separator: "\n").filter { !$0.hasPrefix("\t") }
      .joined(separator: "\n")
    if case .database(let name?, _, _, _) = destination, let question = configuration.nearest(to: name) {
      failure.hint = question
    }
    failure.hint = failure.hint ?? Advice.onConnection(failure.message)
    return failure.context("could not connect")
  }
}
