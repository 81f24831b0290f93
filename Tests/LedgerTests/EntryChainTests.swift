import Foundation
import IndexDesign
import Testing

@testable import Ledger

@Suite struct EntryChainTests {
  /// The records as they stand in the lines, without the members that make the chain.
  static let records = [
    #""event":"run","format":1,"started":"2026-11-26T09:50:00.000000Z","hypo_version":"0.1.0","#
      + #""operating_system_user":"ann","host":"bastion","notebook":"examples/orders.hypo","#
      + #""notebook_sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","#
      + #""title":"Orders of a customer","ticket":"CHG-1042","arguments":["--set","table=orders"]}"#,
    #""event":"connected","connected":"2026-11-26T09:50:01.000000Z","host":"db.example","port":5432,"#
      + #""database":"shop","database_user":"dba","system_identifier":null,"server_version":"15.18","#
      + #""aurora":false}"#,
    #""event":"step","step":3,"notebook_line":14,"command":"promote %1","#
      + #""started":"2026-11-26T09:50:02.000000Z","finished":"2026-11-26T09:50:03.000000Z","#
      + #""outcome":"ok","remarks":[],"error":null,"change":7,"sql":["#
      + #"{"sent":"2026-11-26T09:50:02.000000Z","connection":"analysis","text":"SELECT $1, $2 / 2","#
      + #""values":["a\nb",null],"times":1},"#
      + #"{"sent":"2026-11-26T09:50:03.000000Z","connection":"watch","text":"SELECT 1","values":[],"times":7}],"#
      + #""plans":[{"statement":"@1","before":[{"Plan":{"Total Cost":12.30}}],"after":"no JSON"}]}"#,
    #""event":"step","step":4,"notebook_line":20,"command":"explain @9","#
      + #""started":"2026-11-26T09:50:04.000000Z","finished":"2026-11-26T09:50:05.000000Z","#
      + #""outcome":"failed","remarks":["line 20 says nothing of it"],"#
      + #""error":{"message":"no \"nope\"","sqlstate":"42P01","detail":"d","hint":"h"},"#
      + #""change":null,"sql":[],"plans":[]}"#,
    #""event":"end","finished":"2026-11-26T09:50:06.000000Z","exit_status":3,"#
      + #""steps":{"ok":1,"drift":0,"failed":1,"skipped":0,"warned":0}}"#,
  ]

  @Test func `each event is a line with its hash, its number and the hash before`() {
    var previous = String(repeating: "0", count: 64)
    let lines = EvidenceExample.lines()
    #expect(lines.count == Self.records.count)
    for (index, line) in lines.enumerated() {
      let record = #"{"line":\#(index + 1),"previous":"\#(previous)",\#(Self.records[index])"#
      previous = SHA256Digest(of: Array(record.utf8)).description
      #expect(line == #"{"sha256":"\#(previous)","record":\#(record)}"# + "\n")
    }
  }

  @Test func `other programs read every line as JSON`() throws {
    var run = EvidenceExample.run
    run.title = "\u{0}\u{1B}[2J\u{7F}\u{85}\u{2028} ä😀 \\ / \"\r\n\t"
    for line in EvidenceExample.lines(EvidenceExample.events + [.run(run)]) {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let record = try #require(object?["record"] as? [String: Any])
      #expect(record["line"] as? Int != nil)
      if record["line"] as? Int == 6 { #expect(record["title"] as? String == run.title) }
    }
  }

  @Test func `a hostile text commands no terminal and breaks no line`() {
    var run = EvidenceExample.run
    run.title = "\u{0}\u{1B}[2J\u{7F}\u{85}ä😀\\/\"\r\n\t"
    #expect(
      EvidenceExample.lines([.run(run)])[0].contains(
        #""title":"\u0000\u001b[2J\u007f\u0085ä😀\\/\"\r\n\t","ticket""#))
  }

  @Test(arguments: [(500, true), (501, false), (1001, false)])
  func `a plan of any depth makes a line that its own check accepts`(depth: Int, isValue: Bool) {
    let plan = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    var step = EvidenceExample.promote
    step.plans = [EvidencePlans(of: "@1", before: nil, after: plan)]
    let line = EvidenceExample.lines([.step(step)])[0]
    #expect(line.contains(isValue ? #""before":null,"after":[[["# : #""before":null,"after":"[[["#))
    var check = EvidenceCheck()
    check.take(Array(line.utf8))
    #expect(check.finish().fault == nil)
  }
}
