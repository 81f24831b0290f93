import Glibc
import IndexDesign
import Server

/// Drives a `WhatIfPlanner`, so that scripts/bench/whatif can measure it beside a loop of bare libpq.
///
/// Arguments: CONNINFO FILE CONNECTIONS. Each line of FILE is a request: CREATE INDEX statements, each ended
/// by a tab, then a statement. It answers each line of standard input by planning all requests with a new
/// planner, and with a line of its own: plans made, seconds, and the sum of their costs.
@main struct WhatIfProbe {
  static func main() {
    do { try run(CommandLine.arguments) } catch {
      print("error: \(error)")
      exit(1)
    }
  }

  static func run(_ arguments: [String]) throws {
    guard arguments.count == 4, let connections = Int(arguments[3]) else { throw Misuse() }
    let requests = try lines(of: arguments[2]).map(request)
    let session = try Session(target: arguments[1])
    answer("\(requests.count)")
    while readLine() != nil {
      let planner = try WhatIfPlanner(beside: session, connections: connections)
      // The sessions are open, and have read what they need of the catalog, before the clock runs.
      _ = try planner.answers(to: Array(requests.prefix(64)))
      let before = planner.planCount
      let rest = Array(requests.dropFirst(64))
      let start = ContinuousClock.now
      let answers = try planner.answers(to: rest)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let costs = try answers.map { try $0.get().totalCost.units }
      answer("\(planner.planCount - before) \(seconds) \(costs.reduce(0, +))")
    }
  }

  static func answer(_ line: String) {
    print(line)
    fflush(nil)
  }

  static func request(_ line: Substring) throws -> CostRequest {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    let designs = try parts.dropLast().map {
      try IndexDefinitionParser.parseCreateIndex(String($0)).definition
    }
    return CostRequest(PlannedStatement(String(parts.last ?? "")), under: designs)
  }

  static func lines(of path: String) throws -> [Substring] {
    guard let file = fopen(path, "r") else { throw Misuse() }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { Substring(String($0)) }
  }

  struct Misuse: Error {}
}
