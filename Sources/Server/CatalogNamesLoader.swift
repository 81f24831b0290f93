internal import Glibc
internal import Postgres

/// Reads the names of a session's database in the background, over a connection of its own.
///
/// It never waits: whoever polls for other things polls `descriptors` too and calls `proceed` when one is
/// ready. A call works a few milliseconds at most. It only reads, and ends its connection when it is done.
public final class CatalogNamesLoader {
  /// How far it is.
  public enum State: Sendable {
    case reading
    case done(CatalogNames)
    /// It could not read all of it; nothing is shown of that but the lack of names.
    case failed(ServerError)
  }

  /// How far it is.
  public private(set) var state = State.reading

  private var connection: PolledConnection?
  private var builder = CatalogNamesBuilder()
  private var steps: ArraySlice<CatalogNamesStep>
  private var current: CatalogNamesStep?
  /// Whether more can be done at once, though the socket may have nothing new.
  private var hasMore = false
  private let slice: Duration

  /// Begins to connect to the server that a session is connected to, as the same role.
  ///
  /// - Parameters:
  ///   - session: whose server, password and search path count.
  ///   - slice: the longest that one call of `proceed` works.
  public init(_ session: Session, slice: Duration = .milliseconds(4)) {
    self.slice = slice
    steps = CatalogNamesStep.all(searchPath: session.changedSettings["search_path"])[...]
    do { connection = try PolledConnection(session.parametersOfSameServer) } catch {
      state = .failed(ServerError(error))
    }
  }

  /// What is to be polled: one descriptor, or none when it is done or has failed.
  public var descriptors: [(descriptor: Int32, forWriting: Bool)] {
    guard let connection, connection.descriptor >= 0 else { return [] }
    // A socket that is asked whether it can be written to is ready at once.
    return [(connection.descriptor, hasMore || connection.wantsToWrite)]
  }

  /// Does what can be done now.
  public func proceed() {
    guard let connection else { return }
    let end = ContinuousClock.now + slice
    hasMore = false
    do {
      while case .reading = state {
        for _ in 0..<32 {
          switch try connection.next() {
          case .wait: return
          case .row(let row): current?.read(&builder, row)
          case .idle:
            guard try beginNext(connection) else { return finish() }
          }
        }
        if ContinuousClock.now >= end {
          hasMore = true
          return
        }
      }
    } catch {
      state = .failed(ServerError(error))
      self.connection = nil
    }
  }

  /// Waits for the names, but not for long; for a person who pressed Tab before they were there.
  public func wait(atMost limit: Duration) {
    let end = ContinuousClock.now + limit
    while case .reading = state, let entry = descriptors.first {
      let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
      guard left > 0 else { return }
      var watched = pollfd(
        fd: entry.descriptor, events: Int16(entry.forWriting ? POLLOUT : POLLIN), revents: 0)
      if poll(&watched, 1, Int32(left.rounded(.up))) > 0 { proceed() }
    }
  }

  private func beginNext(_ connection: PolledConnection) throws(PostgresError) -> Bool {
    guard let next = steps.popFirst() else { return false }
    current = next
    try connection.send(Session.mark + next.sql, next.values)
    return true
  }

  private func finish() {
    state = .done(builder.finish())
    builder = CatalogNamesBuilder()
    connection = nil
  }
}

extension Session {
  /// What a second connection needs to come to the very server and role of this one without looking up a name.
  var parametersOfSameServer: ConnectionParameters {
    var parameters = self.parameters
    parameters["host"] = connection.host
    parameters["port"] = connection.port
    if !connection.hostAddress.isEmpty { parameters["hostaddr"] = connection.hostAddress }
    parameters["target_session_attrs"] = nil
    return parameters
  }

  /// The search path that SQL of this session has set; nil when it is still the role's own.
  public var searchPathSetting: String? { changedSettings["search_path"] }
}
