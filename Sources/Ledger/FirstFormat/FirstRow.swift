import IndexDesign

/// One row of the first format, of any of its three tables.
struct FirstRow {
  /// What the row says.
  enum Content {
    /// What was to be done, as JSON.
    case intent(text: String)
    /// The index that a build was seen to make.
    case seen(objectID: UInt32)
    /// How it ended, as JSON.
    case outcome(text: String)
  }

  let content: Content
  let change: ChangeNumber
  let written: Timestamp
  /// The change that the row says was to be undone or was undone; nil for none.
  let undone: ChangeNumber?

  init(_ content: Content, of change: ChangeNumber, written: Timestamp, undone: ChangeNumber? = nil) {
    (self.content, self.change, self.written, self.undone) = (content, change, written, undone)
  }

  /// What comes first of rows that were written at one time.
  var order: Int {
    switch content {
    case .intent: 0
    case .seen: 1
    case .outcome: 2
    }
  }

  /// The entry that is made of it.
  func entry() throws -> LedgerEntry {
    switch content {
    case .intent(let text):
      .intent(
        IntentEntry(
          change: change, written: written, intent: try ChangeIntent(firstFormat: JSONValue(parsing: text)),
          origin: FirstFormat.digest(of: text)))
    case .seen(let objectID): .seen(SightingEntry(change: change, written: written, objectID: objectID))
    case .outcome(let text):
      .outcome(
        OutcomeEntry(
          change: change, written: written, outcome: try ChangeOutcome(firstFormat: JSONValue(parsing: text)),
          undid: undone, origin: FirstFormat.digest(of: text)))
    }
  }

  /// What an entry that was made of it has to say of it.
  var trace: FirstTrace {
    switch content {
    case .intent(let text):
      FirstTrace(
        event: "intent", change: change, written: written, undone: undone,
        says: FirstFormat.digest(of: text).description)
    case .seen(let objectID):
      FirstTrace(event: "seen", change: change, written: written, undone: nil, says: "\(objectID)")
    case .outcome(let text):
      FirstTrace(
        event: "outcome", change: change, written: written, undone: undone,
        says: FirstFormat.digest(of: text).description)
    }
  }
}

/// All that an entry and the row of the first format that it was made of have in common.
struct FirstTrace: Hashable {
  let event: String
  let change: ChangeNumber
  let written: Timestamp
  let undone: ChangeNumber?
  /// The hash of the row's JSON, or the index that was seen.
  let says: String
}

extension FirstTrace {
  /// Reads it from an entry; nil for one that was made of no such row.
  ///
  /// - Parameter changes: the changes whose intents were such rows: no new hypo has seen an index of theirs.
  init?(_ record: JSONValue, changesOfBefore changes: Set<ChangeNumber>) {
    if let intent = try? IntentEntry(record), let origin = intent.origin {
      self.init(
        event: "intent", change: intent.change, written: intent.written, undone: intent.undoes,
        says: origin.description)
    } else if let outcome = try? OutcomeEntry(record), let origin = outcome.origin {
      self.init(
        event: "outcome", change: outcome.change, written: outcome.written, undone: outcome.undid,
        says: origin.description)
    } else if let seen = try? SightingEntry(record), changes.contains(seen.change) {
      self.init(
        event: "seen", change: seen.change, written: seen.written, undone: nil, says: "\(seen.objectID)")
    } else {
      return nil
    }
  }
}
