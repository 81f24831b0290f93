import Testing

@testable import IndexDesign

@Suite struct NearHandleTests {
  @Test(arguments: [
    ("@11", ["@1", "@2"], "did you mean @1? "), ("@123", ["@1", "@12"], "did you mean @12? "),
    ("@3", ["@1", "@2"], ""), ("@recnt", ["@1", "@recent"], "did you mean @recent? "),
    ("%10", ["%1"], "did you mean %1? "),
    ("@xyzzy", ["@1", "@recent"], ""), ("@p", ["@q"], ""),
  ])
  func `a handle that is not there is compared with those that are`(
    handle: String, known: [String], question: String
  ) {
    #expect(NearHandle.question(handle, known) == question)
  }
}
