internal import IndexDesign
internal import Postgres
internal import Server

/// One concurrent build on the server, and what came of it.
final class IndexBuild {
  private let plan: PromotionPlan
  private let change: ChangeConnection
  private let watch: ChangeWatch
  private let tableLockTimeout: String
  private let tell: (BuildProgress) -> Void
  private var before: NamedRelation?

  init(
    _ plan: PromotionPlan, _ change: ChangeConnection, tableLockTimeout: String,
    saw: @escaping (UInt32) -> Void, progress: @escaping (BuildProgress) -> Void
  ) {
    self.plan = plan
    self.change = change
    self.tableLockTimeout = tableLockTimeout
    tell = progress
    watch = ChangeWatch(change, table: plan.table.objectID, saw: saw, tell: progress)
  }

  func run() -> ChangeEnding {
    do {
      before = try change.namedRelation(plan.indexName)
      try change.waitForTable(plan.table, atMost: tableLockTimeout, watch)
    } catch { return stopped(by: error) }
    watch.begin()
    change.beforeCancel { [watch] in watch.look() }
    do {
      let result = try change.run(plan.statement) { [watch] in watch.beat() }
      change.beforeCancel {}
      return try afterSuccess(isSkipped: result.notices.contains { $0.sqlState == "42P07" })
    } catch {
      change.beforeCancel {}
      return afterFailure(error)
    }
  }

  // MARK: What came of it

  /// `IF NOT EXISTS` succeeds without building, too; the server then sends a notice.
  private func afterSuccess(isSkipped: Bool) throws(ServerError) -> ChangeEnding {
    let found: NamedRelation?
    do { found = try change.namedRelation(plan.indexName) } catch {
      return interrupted("the build ended without an error, but its index could not be looked up", error)
    }
    guard let found, let index = found.index else {
      return failed(
        found == nil
          ? "nothing of the name \(plan.indexName) is there any more"
          : "nothing was built: \(plan.indexName) is a \(found?.kind?.words ?? "relation")")
    }
    if isSkipped { return standing(found, index) }
    if index.isValid, isOurs(found) || watch.seenIndex == nil { return built(index) }
    return standing(found, index)
  }

  private func afterFailure(_ error: ServerError) -> ChangeEnding {
    guard !change.hasGivenUp else { return interrupted("the build may still run on the server", error) }
    // A backend that was told to end says so first, and holds its locks until it is gone.
    if error.code == .lost || error.sqlState?.hasPrefix("57P") == true {
      let survivor = LostBackend(change, table: plan.table.objectID)
      if let reason = survivor.waitUntilGone(watch: watch, tell: tell) {
        return interrupted(reason, error)
      }
    }
    let found: NamedRelation?
    do { found = try change.namedRelation(plan.indexName) } catch {
      return interrupted("the index could not be looked up after the build", error)
    }
    guard let found, let index = found.index, found.objectID != before?.objectID else {
      return stopped(by: error)
    }
    let ours = isOurs(found) || watch.seenIndex == nil && Self.provesBuild(error) && isOnOurTable(found)
    switch (index.isValid, ours) {
    case (true, true): return built(index)
    case (true, false): return stopped(by: error)
    case (false, false):
      return ChangeEnding(result: .leftInvalidNotOurs(objectID: found.objectID), error: named(error))
    case (false, true): return dropLeftover(found, after: error)
    }
  }

  private func isOurs(_ found: NamedRelation) -> Bool {
    watch.seenIndex == found.objectID
  }

  private func isOnOurTable(_ found: NamedRelation) -> Bool {
    found.tableObjectID == plan.table.objectID
  }

  /// Whether an error can only come from a build that had begun: it read rows or ran out of something.
  ///
  /// From then on our lock kept every other build off the table, so a new index there is ours.
  /// Source: PostgreSQL manual, "PostgreSQL Error Codes".
  private static func provesBuild(_ error: ServerError) -> Bool {
    guard error.code == .statement, let state = error.sqlState else { return false }
    return ["22", "23", "38", "39", "53", "54", "58", "P0", "XX"].contains(String(state.prefix(2)))
  }

  // MARK: Our own leftover

  /// Drops what the failed build left, so that nobody pays for an index that no query may use.
  private func dropLeftover(_ leftover: NamedRelation, after error: ServerError) -> ChangeEnding {
    let reason = reason(error)
    change.forgetCancel()
    watch.begin()
    do {
      try change.reopenWorking()
      try change.run(plan.reverse) { [watch] in
        watch.beat("dropping the invalid index that the build left")
      }
      if try change.relation(objectID: leftover.objectID) == nil {
        return ChangeEnding(result: .leftInvalidAndDropped(reason: reason), error: named(error))
      }
      return staying(leftover, "\(reason); the index is there after it was dropped", error)
    } catch let second {
      if (try? change.relation(objectID: leftover.objectID)) == .some(nil) {
        return ChangeEnding(result: .leftInvalidAndDropped(reason: reason), error: named(error))
      }
      return staying(leftover, "\(reason); it could not be dropped: \(second.message)", error)
    }
  }

  private func staying(_ leftover: NamedRelation, _ reason: String, _ error: ServerError) -> ChangeEnding {
    var error = named(error)
    error.hint = "drop it when nobody needs the table: \(plan.reverse)"
    return ChangeEnding(
      result: .leftInvalidStaying(objectID: leftover.objectID, reason: reason), error: error)
  }

  // MARK: Endings

  private func built(_ index: CatalogIndex) -> ChangeEnding {
    ChangeEnding(result: .built(objectID: index.objectID, sizeInBytes: index.sizeInBytes), error: nil)
  }

  /// Nothing was built because something of the name was there.
  private func standing(_ found: NamedRelation, _ index: CatalogIndex) -> ChangeEnding {
    if index.isValid, !(isOnOurTable(found) && plan.facts.isSame(index)) {
      return ChangeEnding(
        result: .isAnotherIndex(objectID: found.objectID, definition: index.definition), error: nil)
    }
    return ChangeEnding(
      result: .alreadyThere(objectID: found.objectID, isValid: index.isValid), error: nil)
  }

  /// Nothing of ours is on the server.
  private func stopped(by error: ServerError) -> ChangeEnding {
    let error = named(error)
    return ChangeEnding(
      result: error.code == .cancelled ? .cancelled : .failed(error: ChangeFailure(error)), error: error)
  }

  private func failed(_ message: String) -> ChangeEnding {
    let error = ServerError(.refused, message, hint: "look at the server before you promote again")
    return ChangeEnding(result: .failed(error: ChangeFailure(error)), error: error)
  }

  private func interrupted(_ reason: String, _ error: ServerError) -> ChangeEnding {
    ChangeEnding(result: .interrupted(reason: "\(reason): \(error.message)"), error: error)
  }

  private func reason(_ error: ServerError) -> String {
    let error = named(error)
    return [error.message, error.detail].compactMap { $0 }.joined(separator: ": ")
  }

  /// 57014 is also an administrator's cancel; only the person's own is called so.
  private func named(_ error: ServerError) -> ServerError {
    var error = error
    if change.isCancelWanted || wasCancelled {
      wasCancelled = true
      error = ServerError(.cancelled, "cancelled by the person who promoted", sqlState: error.sqlState)
    } else if error.code == .cancelled {
      error.code = .statement
    }
    return error
  }

  private var wasCancelled = false
}
