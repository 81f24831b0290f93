import IndexDesign
import Reports
import Server

/// Reads the text of a configuration: `name = value` lines, and sections `[target NAME]` of them.
///
/// The first line that cannot be taken ends it, so that nothing is half applied: a target whose mark as production was
/// misspelled must not pass for another one.
struct ConfigurationParser {
  /// How to start all the same.
  static let wayOut = "hypo --no-rc starts without the configuration"

  private let path: String
  /// Whether nobody but the owner may read the file, so that it may hold a password.
  private let isPrivate: Bool
  private var configuration = Configuration()
  private var line = 0
  /// The line on which a name stands, for the names of the section that is being read.
  private var lines: [String: Int] = [:]
  private var sections: [String: Int] = [:]
  /// The target that is being read, and the line of its section.
  private var section: (target: Target, line: ConfigurationLine)?

  /// For a file; `isPrivate` is whether nobody but its owner may read it.
  init(path: String, isPrivate: Bool) { (self.path, self.isPrivate) = (path, isPrivate) }

  /// Reads a whole text in UTF-8; a byte order mark and CRLF lines are taken.
  ///
  /// - Throws: `Configuration.Problem` for the first line that is wrong.
  func parse(_ bytes: [UInt8]) throws(Configuration.Problem) -> Configuration {
    var parser = self
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    for lineBytes in body.split(separator: 0x0A, omittingEmptySubsequences: false) {
      parser.line += 1
      guard let text = String(validating: lineBytes, as: UTF8.self), !lineBytes.contains(0) else {
        throw parser.problem(
          LineProblem("the line is no UTF-8 text", hint: "save the file as plain text in UTF-8"),
          on: parser.line)
      }
      let line = ConfigurationLine(text, number: parser.line)
      do { try parser.read(line) } catch { throw parser.problem(error, on: line.number) }
    }
    do { try parser.endSection() } catch { throw parser.problem(error, on: parser.section?.line.number ?? 0) }
    return parser.configuration
  }

  private func problem(_ problem: LineProblem, on line: Int) -> Configuration.Problem {
    let hint = problem.hint.hasSuffix("?") ? "\(problem.hint) " : "\(problem.hint); "
    return .init(
      path: path, line: problem.line ?? line,
      failure: Failure(.ownFailure, problem.message, hint: hint + Self.wayOut, place: problem.place))
  }

  private mutating func read(_ line: ConfigurationLine) throws(LineProblem) {
    switch try line.content() {
    case .nothing: break
    case .section(let name, let range): try begin(name, range, line)
    case .value(let name, let value):
      if let earlier = lines[name] {
        throw line.problem(
          "\"\(name)\" is in line \(earlier) already", hint: "remove one of the two", at: line.nameRange)
      }
      lines[name] = line.number
      if section == nil { try set(name, value, line) } else { try define(name, value, line) }
    }
  }

  // MARK: Settings

  private mutating func set(_ name: String, _ value: String, _ line: ConfigurationLine) throws(LineProblem) {
    guard let entry = Settings.entry(name) else {
      let hint =
        TargetName.all.contains(name)
        ? "it belongs below a line [target NAME]"
        : name == "yes"
          ? "only the command line takes --yes"
          : Settings.nearest(to: name) ?? "settings: "
            + Settings.entries.map(\.name).joined(separator: ", ")
      throw line.problem("unknown setting \"\(name)\"", hint: hint, at: line.nameRange)
    }
    do throws(SettingProblem) {
      let typed = try TypedValue(value)
      do throws(SettingProblem) {
        entry.set(&configuration.settings, try entry.kind.value(typed.text, of: name))
      } catch { throw error.moved(by: typed.start) }
    } catch { throw line.problem(error) }
  }

  // MARK: Targets

  private mutating func begin(_ name: String, _ range: Range<Int>, _ line: ConfigurationLine)
    throws(LineProblem)
  {
    try endSection()
    if let earlier = sections[name] {
      throw line.problem(
        "the target \"\(name)\" is in line \(earlier) already", hint: "give one of the two another name",
        at: range)
    }
    sections[name] = line.number
    lines = [:]
    section = (Target(name: name, conninfo: ""), line)
  }

  private mutating func endSection() throws(LineProblem) {
    guard let (target, line) = section else { return }
    guard lines[TargetName.conninfo.rawValue] != nil else {
      var problem = line.problem(
        "the target \"\(target.name)\" has no conninfo",
        hint: "conninfo = … says what to connect to, for example conninfo = host=db1 dbname=orders",
        at: line.contentRange)
      problem.line = line.number
      throw problem
    }
    configuration.targets.append(target)
  }

  /// What a section says of its target.
  enum TargetName: String, CaseIterable {
    case conninfo, production
    case changeWindow = "change-window"
    case promote, measure

    static let all = allCases.map(\.rawValue)
  }

  private mutating func define(_ name: String, _ value: String, _ line: ConfigurationLine) throws(LineProblem)
  {
    guard let known = TargetName(rawValue: name), var target = section?.target else {
      let hint =
        Settings.entry(name) != nil
        ? "settings come before the first [target NAME]"
        : NearName.closest(to: name, among: TargetName.all).map { "did you mean \"\($0)\"?" }
          ?? "a target has \(TargetName.all.joined(separator: ", "))"
      throw line.problem("unknown name \"\(name)\" in a target", hint: hint, at: line.nameRange)
    }
    do throws(SettingProblem) {
      if known == .conninfo {
        target.conninfo = try conninfo(value)
      } else {
        let typed = try TypedValue(value)
        do throws(SettingProblem) { try Self.set(known, typed.text, of: &target.policy) } catch {
          throw error.moved(by: typed.start)
        }
      }
    } catch { throw line.problem(error, hidesValue: known == .conninfo) }
    section?.target = target
  }

  private static func set(_ name: TargetName, _ value: String, of policy: inout TargetPolicy)
    throws(SettingProblem)
  {
    switch name {
    case .conninfo: break
    case .production: policy.isProduction = try truth(value, of: name.rawValue)
    case .changeWindow: policy.changeWindow = try ChangeWindow(value, zones: .ofThisMachine)
    case .promote: policy.allowsChanges = try allowance(value, of: name.rawValue)
    case .measure: policy.measuring = try allowance(value, of: name.rawValue)
    }
  }

  private func conninfo(_ value: String) throws(SettingProblem) -> String {
    let hint = "a database's name, a conninfo string, a URI, service=NAME, or sandbox"
    guard !value.isEmpty else { throw SettingProblem(message: "conninfo is empty", hint: hint) }
    let target: ConnectionTarget
    do { target = try ConnectionTarget(value) } catch {
      throw SettingProblem(message: error.message, hint: hint)
    }
    if target.holdsPassword, !isPrivate {
      throw SettingProblem(
        message: "a password in a file that others may read",
        hint: "chmod 600 '\(path)', or put the password into ~/.pgpass")
    }
    return value
  }

  private static func truth(_ value: String, of name: String) throws(SettingProblem) -> Bool {
    if let truth = SettingKind.truth(value.lowercased()) { return truth }
    throw SettingProblem(message: "\(name) cannot be \"\(value)\"", hint: "one of: true, false")
  }

  private static func allowance(_ value: String, of name: String) throws(SettingProblem) -> Bool {
    try SettingKind.choice(["allow", "refuse"]).value(value, of: name) == "allow"
  }
}

extension SettingProblem {
  /// It with its place so many code units further on.
  fileprivate func moved(by start: Int) -> SettingProblem {
    var problem = self
    problem.range = range.map { $0.lowerBound + start..<$0.upperBound + start }
    return problem
  }
}
