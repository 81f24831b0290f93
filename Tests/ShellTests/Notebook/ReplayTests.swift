import Foundation
import Reports
import TestSupport
import Testing

@testable import Shell

@Suite struct ReplayTests {
  @Test func `a command with a password is not echoed`() throws {
    let console = SilentConsole()
    let loop = Loop(console: console, environment: [:])
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/x.hypo"
    try "set format\nset pager 'password=hunter2'".write(toFile: path, atomically: true, encoding: .utf8)
    let status = Replay(loop: loop, file: path, options: ReplayOptions()).run(target: nil)
    #expect(status == .done)
    #expect(console.output.contains("hypo> … (not shown: it holds a password)"), "\(console.output)")
    #expect(!console.errors.joined().contains("hunter2"), "\(console.errors)")
  }
}
