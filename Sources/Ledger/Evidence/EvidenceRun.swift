public import IndexDesign

/// Who ran which notebook, from where.
public struct EvidenceRun: Equatable, Sendable {
  /// When it began.
  public var started: Timestamp
  /// The version of hypo.
  public var hypoVersion: String
  /// Who ran it, by the operating system's account.
  public var operatingSystemUser: String
  /// The machine that it ran on.
  public var host: String
  /// The notebook's path as it was given.
  public var notebook: String
  /// The digest of the notebook's bytes.
  public var notebookDigest: SHA256Digest
  /// The notebook's title; nil when it has none.
  public var title: String?
  /// The number that the run is filed under elsewhere; nil for none.
  public var ticket: String?
  /// The words of the command line behind the notebook, in order.
  public var arguments: [String]

  /// Makes the beginning from its facts.
  public init(
    started: Timestamp, hypoVersion: String, operatingSystemUser: String, host: String, notebook: String,
    notebookDigest: SHA256Digest, title: String? = nil, ticket: String? = nil, arguments: [String] = []
  ) {
    self.started = started
    self.hypoVersion = hypoVersion
    self.operatingSystemUser = operatingSystemUser
    self.host = host
    self.notebook = notebook
    self.notebookDigest = notebookDigest
    self.title = title
    self.ticket = ticket
    self.arguments = arguments
  }
}

/// Which server a run talks to from here on, and as whom.
public struct EvidenceConnection: Equatable, Sendable {
  /// When it was reached.
  public var connected: Timestamp
  /// The server, the database and the database's role.
  public var target: ServerFingerprint

  /// Pairs a server with the time at which it was reached.
  public init(connected: Timestamp, target: ServerFingerprint) {
    self.connected = connected
    self.target = target
  }
}

/// The end of a run.
public struct EvidenceEnd: Equatable, Sendable {
  /// When it was over.
  public var finished: Timestamp
  /// The status that hypo ends with.
  public var exitStatus: Int32
  /// How many steps ended how; 0 where an outcome is missing.
  public var steps: [EvidenceStep.Outcome: Int]

  /// Makes the end from its facts.
  public init(finished: Timestamp, exitStatus: Int32, steps: [EvidenceStep.Outcome: Int]) {
    self.finished = finished
    self.exitStatus = exitStatus
    self.steps = steps
  }
}
