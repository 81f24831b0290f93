import Foundation
import IndexDesign
import Ledger
import Server
import Terminal

/// What one shell holds from its first command to its last: the session, the handles, the settings.
final class Workspace {
  let console: any Console
  let interrupts: InterruptSource?
  let environment: [String: String]
  /// The named targets; its settings are where `settings` began.
  let configuration: Configuration
  /// What the time is.
  var now: () -> Timestamp = { Timestamp(secondsSinceEpoch: Date().timeIntervalSince1970) }
  var settings: Settings
  var queries = Queries()
  var designs = Designs()
  /// Changes that this session made to a database, oldest first.
  var changes: [ChangeNumber] = []
  /// The plans that were shown, for expectations, recordings and what a change was made for.
  private(set) var plans = SeenPlans()
  /// A failure that the next `expect error` is there for.
  var foreseenFailure: Failure?
  /// What writes this session into a notebook; nil when nothing does.
  var recorder: Recorder?
  /// The ticket of the notebook that runs, for changes that name none; nil for none.
  var ticket: String?
  /// What `:name` stands for.
  var values = NotebookValues()
  /// What the last command has shown that was no capture or expectation: what a path of `let` goes through.
  var lastResults: [Report] = []
  /// The evidence of the replay that runs, for notebooks inside it; nil when none is kept.
  var evidence: ReplayEvidence?
  /// Whether a lesson runs, where a pause is a question of any answer.
  var isLesson = false
  /// What a notebook does when a step fails.
  var onFail = OnFailCommand.Reaction.stop
  /// The files that run one inside the other, outermost first, as real paths.
  var runningFiles: [String] = []
  /// Whether Ctrl-C or a signal to end came since the last call; scripts ask between commands.
  var takeInterrupt: () -> Bool = { false }
  /// What `quit` sets.
  var isEnding = false
  /// What was typed in this session and the ones before, oldest first; nil where there is no prompt.
  var history: (() -> [String])?
  /// Puts a text into the next line of the prompt; nil where there is no prompt.
  var prefill: ((String) -> Void)?
  /// The last command that is worth repeating; nil before the first.
  var lastCommand: String?
  /// What runs, in a word or two, for the line that tells of long waits.
  var activity = "connect"
  /// Whether a result is shown again and again in one place.
  var isWatching = false
  /// The keys that are kept off the screen while a change runs; nil otherwise.
  var keys: QuietKeys?
  /// The analysis session; nil when there is no connection.
  private(set) var session: Session?
  /// The named target that the session was opened by, or `sandbox`; nil for any other, and without a connection.
  private(set) var openedName: String?
  /// Where servers of named targets were found, by the target's name.
  var placesFound: [String: Set<ServerPlace>] = [:]
  /// Where the configuration says that they are, by the target's name; read when first needed.
  lazy var placesNamed: [String: [ServerPlace]] = configuration.places
  /// Where reports go.
  let output = ReportOutput()
  /// Shows a report before a command has ended, such as what is about to be confirmed.
  var show: (Report) -> Void = { _ in }
  /// What to connect to when a command first needs a server; nil after that.
  var pendingTarget: String?
  private var openLedger: Ledger?

  init(
    console: any Console, interrupts: InterruptSource? = nil, environment: [String: String],
    configuration: Configuration = Configuration()
  ) {
    self.configuration = configuration
    settings = configuration.settings
    self.console = console
    self.interrupts = interrupts
    self.environment = environment
  }

  /// The ledger; its file is touched only when something is read from it or written to it.
  func ledger() throws -> Ledger {
    if let openLedger { return openLedger }
    let ledger = Ledger(path: try Ledger.defaultPath(environment: environment))
    openLedger = ledger
    return ledger
  }

  // MARK: The session

  /// The session; the first command that needs one connects.
  ///
  /// - Throws: `Failure` when there is no target or no connection.
  func connected() throws -> Session {
    if let session { return session }
    guard let target = pendingTarget else {
      throw Failure(
        .connection, "there is no connection",
        hint: "connect TARGET connects to a server; connect sandbox starts a private one to try things on")
    }
    pendingTarget = nil
    return try connect(to: target)
  }

  /// Whether sessions keep what they send, for the evidence of a run.
  var keepsSentStatements = false {
    didSet { session?.keepsSentStatements = keepsSentStatements }
  }
  /// What sessions that were left had sent and nobody took yet.
  private var sentBefore: [SentStatement] = []

  /// What was sent since the last call, oldest first; empty while nothing is kept.
  func takeSentStatements() -> [SentStatement] {
    defer { sentBefore = [] }
    return sentBefore + (session?.takeSentStatements() ?? [])
  }

  /// Takes a new session in the place of the old one.
  ///
  /// - Parameter name: the named target that it was opened by, or `sandbox`; nil for any other.
  func adopt(_ new: Session, openedBy name: String?) {
    disconnect()
    session = new
    openedName = name
    if let name { placesFound[name, default: []].insert(new.place) }
    pendingTarget = nil
  }

  /// The interrupts of a session, with a line on the screen for whatever takes long.
  func watchfulInterrupts() -> InterruptSource? {
    var source = interrupts
    source?.whileWaiting = { [unowned self] in
      console.progress("\(activity): waiting for the server (Ctrl-C cancels)", fraction: nil)
    }
    return source
  }

  /// Ends the session. The designs stay, as proposals.
  func disconnect() {
    guard let session else { return }
    session.close()
    sentBefore += session.takeSentStatements()
    self.session = nil
    openedName = nil
    for design in designs.all where design.state == .hypothetical {
      designs.update(design.handle) { $0.state = .proposed }
    }
  }

  /// Where this session is connected to, as a key for handles.
  var targetKey: String {
    session.map { "\($0.address.host):\($0.address.port)/\($0.facts.database)" } ?? ""
  }
}

extension Workspace {
  /// Keeps what was planned, for `show plan`, expectations and the next bare command.
  func remember(_ explanation: Explanation, of query: Query) {
    queries.remember(query)
    plans.remember(explanation, of: query.handle)
  }
}
