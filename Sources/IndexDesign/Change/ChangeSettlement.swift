/// How a change has ended by what the catalog held later, when somebody looked because no ending was known.
public struct ChangeSettlement: Hashable, Sendable {
  /// What was found, as an ending.
  public var result: ChangeOutcome.Result
  /// Who looked, the operating system's name for them.
  public var operatingSystemUser: String
  /// The machine that they looked from.
  public var operatingSystemHost: String
  /// The hypo that looked.
  public var hypoVersion: String
  /// The database role that looked.
  public var databaseUser: String
  /// When it was written down.
  public var written: Timestamp

  /// Makes a settlement from its facts.
  public init(
    _ result: ChangeOutcome.Result, operatingSystemUser: String, operatingSystemHost: String,
    hypoVersion: String, databaseUser: String, written: Timestamp
  ) {
    self.result = result
    self.operatingSystemUser = operatingSystemUser
    self.operatingSystemHost = operatingSystemHost
    self.hypoVersion = hypoVersion
    self.databaseUser = databaseUser
    self.written = written
  }
}

/// What the catalog holds of a change that has no known ending.
public struct FoundOfChange: Hashable, Sendable {
  /// What has the recorded name; nil for nothing.
  public var named: FoundRelation?
  /// What has the recorded object id; nil for nothing, and when none is recorded.
  public var recorded: FoundRelation?
  /// The version of the extension that was to be installed; nil when it is not there.
  public var extensionVersion: String?

  /// Makes what was found from its parts.
  public init(named: FoundRelation?, recorded: FoundRelation?, extensionVersion: String? = nil) {
    self.named = named
    self.recorded = recorded
    self.extensionVersion = extensionVersion
  }
}

extension ChangeRecord {
  /// Whether nobody knows how it has ended: it still runs, or it was cut off.
  public var isOpen: Bool { state == .started || state == .interrupted }

  /// Whether its own invalid index is still on the server, as far as the record knows.
  public var hasLeftover: Bool {
    if case .leftInvalidStaying? = ending { state == .leftInvalid } else { false }
  }

  /// How it has ended by what the catalog holds, when nothing of it runs any more.
  ///
  /// Only an index of the recorded object id is taken for the change's own. One that merely has its name and definition
  /// may be somebody else's.
  public func ending(by found: FoundOfChange) -> ChangeOutcome.Result {
    switch intent.kind {
    case .promote: buildEnding(found)
    case .retire, .rollback: dropEnding(found)
    case .setUp:
      if let version = found.extensionVersion {
        .installed(version: version)
      } else {
        .failed(error: ChangeFailure(message: "cut off: the extension is not there"))
      }
    }
  }

  private func buildEnding(_ found: FoundOfChange) -> ChangeOutcome.Result {
    if let own = found.recorded, let index = own.index, describes(index.definition, onRenamedTable: true) {
      return index.isValid
        ? .built(objectID: own.objectID, sizeInBytes: index.sizeInBytes)
        : .leftInvalidStaying(objectID: own.objectID, reason: "its build was cut off")
    }
    guard let named = found.named else {
      return .failed(error: ChangeFailure(message: "cut off: no index of it is there"))
    }
    guard let index = named.index else {
      return .failed(error: ChangeFailure(message: "cut off: its name is that of a \(named.kind)"))
    }
    guard describes(index.definition) else {
      return .isAnotherIndex(objectID: named.objectID, definition: index.definition)
    }
    return .foundThere(objectID: named.objectID, isValid: index.isValid)
  }

  private func dropEnding(_ found: FoundOfChange) -> ChangeOutcome.Result {
    guard let own = found.recorded, let index = own.index, describes(index.definition, onRenamedTable: true)
    else {
      return .dropped
    }
    return index.isValid
      ? .failed(error: ChangeFailure(message: "cut off: its index is still there and valid"))
      : .leftInvalidStaying(objectID: own.objectID, reason: "its drop was cut off")
  }

  /// Whether an index with this definition, as the server words it, is the recorded one, in whatever words.
  ///
  /// - Parameter onRenamedTable: whether it may be on a table of any name, since the table itself is known.
  public func describes(_ definition: String, onRenamedTable: Bool = false) -> Bool {
    guard var recorded = try? IndexDefinitionParser.parseCreateIndex(intent.definition).definition,
      let design = try? IndexDefinitionParser.parseCreateIndex(definition).definition
    else { return definition == intent.definition }
    if onRenamedTable { recorded.table = design.table }
    return IndexComparison.isSame(recorded, design)
  }
}
