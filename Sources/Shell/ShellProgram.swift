import Foundation
import Glibc
import IndexDesign
import Programs
import Reports
import Storage
import Terminal

/// The shell as a program: what `hypo` does with its flags.
public struct ShellProgram {
  /// The flags that every form of the program takes.
  public struct Options: Sendable {
    /// What to connect to; nil leaves it to libpq's defaults, when a command first needs a server.
    public var target: String?
    /// One of `formats`; nil leaves it to the configuration.
    public var format: String?
    /// When output has colours: `auto`, `always` or `never`.
    public var colour = "auto"
    /// Whether questions before a change are answered with yes.
    public var yes = false
    /// Whether a failure that a script passes over fails it all the same.
    public var isStrict = false
    /// Whether the configuration file is read.
    public var readsConfiguration = true

    /// The flags when none are given.
    public init() {}
  }

  /// The version of hypo.
  public static let version = "0.1.0"

  /// The values that `--format` takes.
  public static var formats: [String] { Settings.Format.allCases.map(\.rawValue) }

  /// Whether words of the command line would be a command if they were typed in the shell.
  public static func isCommand(_ words: String) -> Bool {
    if case .command = try? CommandWords.classify(words) { true } else { false }
  }

  /// Hides passwords of the command line from other users of the machine. Call it before all else.
  public static func hideSecrets() { ProcessArguments.hide(where: Secrets.isHeld) }

  private let options: Options
  private let signals: Signals?
  private let interrupts: SignalInterrupts?
  private let console: TerminalConsole
  private let loop: Loop
  /// The line of the configuration with which hypo does not start; nil when it is well.
  private let problem: Configuration.Problem?

  /// Prepares the process: locale, signals, console. Call it once, first of all.
  public init(_ options: Options) {
    TerminalLocale.prepare()
    self.options = options
    let signals = try? Signals.install()
    self.signals = signals
    interrupts = signals.map(SignalInterrupts.init)
    console = TerminalConsole(colour: .init(rawValue: options.colour) ?? .auto, signals: signals)
    let environment = ProcessInfo.processInfo.environment
    var configuration = Configuration()
    do throws(Configuration.Problem) {
      if options.readsConfiguration { configuration = try ConfigurationFile.read(environment: environment) }
      problem = nil
    } catch { problem = error }
    if let format = options.format.flatMap(Settings.Format.init(rawValue:)) {
      configuration.settings.format = format
    }
    configuration.settings.yes = options.yes
    loop = Loop(
      console: console, interrupts: interrupts?.interrupts, environment: environment,
      configuration: configuration)
    if options.isStrict { loop.workspace.beStrict() }
    loop.workspace.connectLater(to: options.target ?? "")
  }

  private var workspace: Workspace { loop.workspace }

  /// Runs commands one after the other; the first failure ends it.
  ///
  /// - Returns: the exit status.
  public func run(commands: [String]) -> Int32 { ended { loop.run(commands: commands) } }

  /// Runs script files one after the other; `-` is standard input.
  ///
  /// - Returns: the exit status.
  public func run(files: [String]) -> Int32 {
    ended {
      for file in files {
        let status: ExitStatus
        if file == "-" {
          guard let bytes = standardInput() else { return .cancelled }
          status = loop.run(script: bytes, file: "standard input")
        } else {
          do throws(Failure) { status = loop.run(script: try InputFile.read(file), file: file) } catch {
            loop.complain(error)
            return error.status
          }
        }
        if status != .done { return status }
      }
      return .done
    }
  }

  /// Runs a notebook before a reader's eyes.
  ///
  /// - Returns: the exit status.
  public func replay(file: String, _ replay: ReplayOptions = ReplayOptions()) -> Int32 {
    workspace.connectLater(to: "")
    return ended(connectsFirst: false) {
      Replay(loop: loop, file: file, options: replay).run(target: options.target)
    }
  }

  /// Checks the evidence that runs have left, each file from its first line to its last; no server is asked.
  ///
  /// - Returns: the exit status, 3 when a file was touched or cannot be read; the others are checked all the same.
  public func checkEvidence(files: [String]) -> Int32 {
    ended {
      var status = ExitStatus.done
      for file in files {
        do {
          let finding = try EvidenceReading.finding(of: file, isCancelled: loop.takeInterrupt)
          try loop.output.show(finding.report(on: file))
          if let (failure, origin) = finding.failure(in: file) {
            loop.complain(failure, origin: origin)
            status = failure.status
          }
        } catch {
          let failure = Failure(error)
          loop.complain(failure)
          if failure.status == .cancelled { return .cancelled }
          status = failure.status
        }
      }
      return status
    }
  }

  /// Reads commands from a person, or from a pipe.
  ///
  /// - Returns: the exit status.
  public func interact() -> Int32 {
    guard TerminalProperties.isTerminal(STDIN_FILENO), console.width != nil, let signals, let interrupts
    else {
      return run(files: ["-"])
    }
    return ended {
      Interaction(
        loop: loop, console: console, signals: signals, interrupts: interrupts, options: options
      ).run()
    }
  }

  /// Does what needs no server, with the home folder for names of files.
  func local(_ body: (_ loop: Loop, _ home: String?) -> ExitStatus) -> Int32 {
    ended { body(loop, workspace.environment["HOME"]) }
  }

  /// Leaves the server as it was found, whatever happened.
  private func ended(connectsFirst: Bool = true, _ body: () -> ExitStatus) -> Int32 {
    if let problem {
      let origin = Failure.Origin(file: problem.line > 0 ? problem.path : nil, line: problem.line)
      loop.complain(problem.failure, origin: origin)
      return problem.failure.status.rawValue
    }
    if let warning = (try? StateFolder(environment: workspace.environment))?.warning {
      console.complain([StyledText("warning: ", .warning) + StyledText(warning)])
    }
    if let target = options.target, connectsFirst {
      // A target that was named is tried at once, so that a wrong one is told before anything else.
      do { _ = try workspace.connect(to: target) } catch {
        let failure = Failure(error)
        loop.complain(failure)
        return failure.status.rawValue
      }
    }
    let status = body()
    loop.output.finish()
    workspace.disconnect()
    return status.rawValue
  }

  /// All of standard input; nil when a signal came first, which is blocked and would otherwise wait for its end.
  private func standardInput() -> [UInt8]? {
    if loop.takeInterrupt() { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      var watched = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals?.fileDescriptor ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&watched, 2, -1) > 0 else { continue }
      if watched[1].revents != 0, loop.takeInterrupt() { return nil }
      guard watched[0].revents != 0 else { continue }
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}
