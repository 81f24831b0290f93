import Programs
import Storage
import Testing

@Suite struct NamelessFileTests {
  @Test func `text comes back in whole lines and whole characters`() throws {
    let spool = try NamelessFile()
    let line = String(repeating: "表é😀", count: 100) + "\n"
    for _ in 0..<4_000 { try spool.append(line) }
    try spool.append("an end without a line feed")
    var pieces: [String] = []
    spool.read { pieces.append($0) }
    #expect(pieces.joined() == String(repeating: line, count: 4_000) + "an end without a line feed")
    #expect(pieces.count > 2 && pieces.dropLast().allSatisfy { $0.hasSuffix("\n") })
  }

  @Test func `a program reads all of it, and leaving early is its own affair`() throws {
    let spool = try NamelessFile()
    for number in 0..<50_000 { try spool.append("\(number)\n") }
    let check = Program("/bin/sh", ["-c", "test $(wc -l) = 50000"])
    #expect(try check.runOnTerminal(input: spool) == .exited(0))
    #expect(
      try Program("/bin/sh", ["-c", "head -n 1 > /dev/null"]).runOnTerminal(input: spool) == .exited(0))
  }
}
