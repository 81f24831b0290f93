/// Groups that are sent over a connection before anybody waits for them, so that the server works while the client
/// works, too.
///
/// Nothing else may be sent over the connection until it has ended. Source: PostgreSQL manual, "Pipeline Mode".
public final class PipelineAhead {
  private var loop: PipelineLoop
  private var asked: ArraySlice<[PipelineStep]> = []

  /// Begins on a connection on which nothing runs.
  public init(_ connection: Connection) { loop = PipelineLoop([connection]) }

  /// How many groups have no outcome yet.
  public var count: Int { asked.count }

  /// Sends a group behind the others; returns at once.
  public func send(_ group: [PipelineStep]) {
    asked.append(group)
    loop.send(group)
  }

  /// Waits for what became of the oldest group.
  ///
  /// - Returns: nil when the oldest one is another group, or there is none.
  /// - Throws: `PostgresError` as `PipelineLoop.run` does. An interrupt cancels the group, which is told as 57014.
  public func take(_ group: [PipelineStep]) throws(PostgresError) -> PipelineOutcome? {
    guard asked.first == group else { return nil }
    asked.removeFirst()
    return try loop.nextOutcome()
  }

  /// Reads what is under way, or cancels it when that takes long, so that the connection can be used in another way.
  public func end() {
    asked = []
    loop.end()
  }
}
