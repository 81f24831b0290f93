internal import IndexDesign
internal import Postgres

/// The sessions that a what-if planner works in.
final class WhatIfCrew {
  /// A session and what is said in it.
  struct Backend {
    let session: Session
    var conversation: WhatIfConversation
    /// The session makes a new backend by itself when it is asked something; that one holds nothing.
    fileprivate let pid: Int32

    fileprivate var isUsable: Bool {
      session.facts.backendPID == pid && !session.connection.wasClosedByServer
    }
  }

  /// The most sessions at the same time.
  let most: Int
  /// Those that are open.
  var backends: [Backend] = []
  private let person: Session
  private let settings: [String: String]

  /// Reads the person's settings and opens the first session.
  init(beside session: Session, atMost most: Int) throws(ServerError) {
    person = session
    self.most = most
    settings = try session.planningSettings()
    try prepare(for: 1)
  }

  /// One session, for what is to be known before there are questions.
  func first() throws(ServerError) -> Backend {
    try prepare(for: 1)
    return backends[0]
  }

  /// Makes a design once, alone, as a person's session makes it, to know in which words HypoPG recognises it.
  ///
  /// - Throws: `ServerError` when it cannot be made, or the person stops it.
  func tryOut(_ design: IndexDefinition) throws(ServerError) -> HypotheticalIndexes.Active {
    let backend = try first()
    // What HypoPG holds there is forgotten, and its object ids are given back.
    backends[0].conversation = WhatIfConversation(
      schema: backend.conversation.schema, leavesEntries: backend.conversation.leavesEntries,
      invalidatesDesigns: backend.conversation.invalidatesDesigns)
    let designs = backend.session.hypotheticals
    try designs.reset()
    let made = try designs.add(DesignHandle(1), design)
    try designs.reset()
    return made
  }

  /// Opens as many sessions as have something to do, and new ones for those that were lost.
  func prepare(for chunks: Int) throws(ServerError) {
    backends.removeAll { !$0.isUsable }
    while backends.count < min(most, max(1, chunks)) {
      let session = try Session(workingBeside: person)
      try session.take(settings)
      backends.append(
        Backend(
          session: session,
          conversation: WhatIfConversation(
            schema: try session.requireHypoPG().schema,
            leavesEntries: session.facts.ownCounting.leavesEntries,
            invalidatesDesigns: session.facts.invalidatesDesigns),
          pid: session.facts.backendPID))
    }
  }

  /// Closes the sessions, whatever they are doing.
  func dismiss() {
    for backend in backends where backend.session.connection.transactionStatus == .unknown {
      backend.session.connection.cancel()
    }
    backends = []
  }
}
