internal import IndexDesign
internal import Postgres

// Some questions are asked in the hope of an answer, and their refusal only leaves something unknown: a role that may
// not read a table learns less of a design on it. A person who stops the command, or a connection that is lost, is no
// such refusal.

extension ServerError {
  /// Whether the server refused what was asked, so that a command that can do without goes on.
  package var isRefusal: Bool {
    switch code {
    case .cancelled, .lost, .connection: false
    default: true
    }
  }
}

extension Session {
  /// What a question gives; nil when the server refuses it.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  package func ifPossible<Answer>(
    _ question: () throws(ServerError) -> Answer
  ) throws(ServerError) -> Answer? {
    do { return try question() } catch {
      guard error.isRefusal else { throw error }
      return nil
    }
  }

  /// What steps give; nil when the server refuses one of them.
  ///
  /// - Parameter cleanUp: ends what the steps left behind after a failure; nil for nothing.
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func results(of steps: [PipelineStep], cleanUp: String? = nil) throws(ServerError) -> [QueryResult]? {
    do { return try run(steps) } catch {
      if let cleanUp, connection.isAlive { _ = try? connection.query(Self.mark + cleanUp) }
      let error = ServerError(error.error)
      guard error.isRefusal else { throw error }
      return nil
    }
  }
}
