import Programs
import Testing

@Suite struct ExecutablesTests {
  @Test func `the first folder that has the program wins`() throws {
    #expect(try Executables.find("ls", in: ["/no/such/place", "/usr/bin/"]) == "/usr/bin/ls")
  }

  @Test func `a missing program is told with the folders that were searched`() {
    #expect(
      throws: ProgramError(
        .notFound, "could not find the program \"hypo-none\"", detail: "searched /usr/bin, /bin")
    ) { try Executables.find("hypo-none", in: ["/usr/bin", "/bin"]) }
  }

  @Test func `a folder is no executable`() {
    #expect(!Executables.isExecutableFile("/usr/bin"))
    #expect(!Executables.isExecutableFile("/etc/passwd"))
    #expect(Executables.isExecutableFile("/usr/bin/env"))
  }
}
