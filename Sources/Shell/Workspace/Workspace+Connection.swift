import Notebook
import Reports
import Server

extension Workspace {
  /// Opens the one analysis session; the old one is left only when the new one stands.
  func connect(to target: String) throws -> Session {
    try connect(to: targets.destination(target))
  }

  /// Opens the one analysis session; the old one is left only when the new one stands.
  ///
  /// A database by its name is one of the present server, which keeps host, port, user and the target's policy; all
  /// else starts anew.
  func connect(to destination: Destination) throws -> Session {
    let before = session?.place
    do {
      let new = try open(connectionTarget(of: destination)) { name(of: destination, $0) }
      switch destination {
      // Another database of the present server, which is reached as before.
      case .database where before?.isSame(as: new.place) == true: break
      case .database(let name?, nil, nil, nil) where before == nil: targets.note(wayBy: name, to: name)
      case .conninfo(""): targets.note(wayBy: "", to: new.facts.database)
      default: targets.note(wayBy: targets.openedName, to: new.facts.database)
      }
      return new
    } catch { throw unconnected(error, destination) }
  }

  /// Where the session is, for recordings; nil without one.
  var place: RecordedPlace? {
    guard let session, let way = targets.way else { return nil }
    let (address, database) = (session.address, session.facts.database)
    return RecordedPlace(
      target: way.target, home: way.home, database: database,
      isNameTaken: targets.destination(database) != .database(database),
      server: .init(
        host: address.host, port: address.port, user: address.user, options: session.connectionOptions))
  }

  /// Sees that this session is where a notebook wants to be; connects when there is no connection yet.
  ///
  /// - Throws: `Failure` when it is connected elsewhere: a runbook for one server must not change another one.
  func settle(on target: String?, of file: String) throws {
    guard let target else { return }
    if session == nil, pendingTarget ?? "" == "" {
      _ = try connect(to: target)
      return
    }
    let session = try connected()
    let isThere =
      switch targets.destination(target) {
      case .named(let named): targetName == named.name
      case .sandbox: targets.isOnSandbox
      case .database(let name, _, _, _): session.facts.database == name
      case .conninfo(let text):
        try ConnectionTarget(text).leads(to: session)
      }
    guard !isThere else { return }
    throw Failure(
      .refused, "\(file) is for \(target), and this session is connected elsewhere",
      hint: "connect \(target) first, or hypo replay \(file) TARGET, which says that another one is meant")
  }

  private func connectionTarget(of destination: Destination) throws -> ConnectionTarget {
    switch destination {
    case .sandbox: return ConnectionTarget(keywords: try access.startSandbox())
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
    case .database: session?.place.isSame(as: new.place) == true ? targets.openedName : nil
    }
  }

  /// libpq asks indented questions behind its message; the hint says what to do instead.
  private func unconnected(_ error: any Error, _ destination: Destination) -> Failure {
    var failure = Failure(error)
    guard failure.status == .connection else { return failure.context("could not connect") }
    failure.message = failure.message.split(separator: "\n").filter { !$0.hasPrefix("\t") }
      .joined(separator: "\n")
    if case .database(let name?, _, _, _) = destination,
      let question = targets.configuration.nearest(to: name)
    {
      failure.hint = question
    }
    failure.hint = failure.hint ?? Advice.onConnection(failure.message)
    return failure.context("could not connect")
  }
}
