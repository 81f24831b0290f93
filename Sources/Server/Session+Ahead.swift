internal import IndexDesign
internal import Postgres

// A script's next questions are known while its last answer is shown: they are sent before they are asked, so that the
// server works at the same time.

/// What a session has sent before it was asked for.
struct QuestionsAhead {
  /// The most that are sent before they are asked.
  static let most = 16
  /// The most bytes of answers that may wait: more could fill the sockets, and a server that waits to be read holds
  /// its locks.
  private static let room = 64 * 1024

  /// What is under way; nil for nothing.
  var pipeline: PipelineAhead?
  /// How often it was ended before all was asked for: an answer may lead to further questions.
  var endings = 0
  /// How many may be under way, by the size of the last answer.
  private(set) var limit = 2

  /// Whether it pays to send more.
  var takesMore: Bool { endings < 3 && (pipeline?.count ?? 0) <= limit / 4 }

  /// Learns from an answer how large the next ones may be.
  mutating func note(_ answer: [QueryResult]) {
    let bytes = answer.reduce(0) { $0 + ($1.value?.utf8.count ?? 0) }
    limit = bytes > 0 ? min(Self.most, Self.room / bytes) : Self.most
  }
}

extension Session {
  /// How many questions may be sent before they are asked.
  public static let mostAhead = QuestionsAhead.most

  /// Whether it pays to send what is sure to be asked for next.
  public var takesAhead: Bool {
    // What is kept of a statement is when it was sent, and for which command.
    ahead.takesMore && !sent.isKept && !facts.isBehindPooler
  }

  /// Forgets what was sent before it was asked for, so that nothing is under way any more.
  public func forgetAhead() { endAhead() }

  /// Sends groups of steps for which `run` will be asked next and in this order, without waiting for an answer; those
  /// that were sent before are left out.
  ///
  /// They must only read: what is sent ahead is forgotten when anything else happens first, and asked for again.
  func sendAhead(_ groups: [[PipelineStep]]) {
    guard takesAhead, ahead.pipeline != nil || (link.isAlive && link.transactionStatus == .idle) else {
      return
    }
    let pipeline = ahead.pipeline ?? PipelineAhead(link)
    ahead.pipeline = pipeline
    for steps in groups.prefix(ahead.limit).dropFirst(pipeline.count) {
      pipeline.send(begin("BEGIN READ ONLY") + steps + [Self.commit])
    }
  }

  /// What became of the steps when they were sent ahead; nil when they were not.
  func takeAhead(_ steps: [PipelineStep]) throws(PipelineError) -> [QueryResult]? {
    guard let pipeline = ahead.pipeline else { return nil }
    let before = begin("BEGIN READ ONLY")
    let outcome: PipelineOutcome?
    do { outcome = try pipeline.take(before + steps + [Self.commit]) } catch {
      endAhead()
      throw PipelineError(step: 0, error: error)
    }
    guard let outcome else { return nil }
    do {
      let results = Array(try outcome.get()[before.count..<before.count + steps.count])
      ahead.note(results)
      return results
    } catch {
      endAhead()
      throw PipelineError(step: error.step - before.count, error: error.error)
    }
  }

  /// Frees the backend of what was sent ahead.
  func endAhead() {
    guard let pipeline = ahead.pipeline else { return }
    ahead.pipeline = nil
    if pipeline.count > 0 { ahead.endings += 1 }
    pipeline.end()
    guard link.isAlive else { return }
    do {
      if link.transactionStatus != .idle { _ = try link.query(Self.mark + "ROLLBACK") }
      // A statement is prepared whether or not its transaction ends well.
      if facts.ownCounting.leavesEntries { _ = try link.query(Self.mark + "DEALLOCATE ALL") }
    } catch {
      link.giveUp()
    }
  }
}
