/// A test could not get as far as what it tests.
struct TestProblem: Error {
  var message: String

  init(_ message: String) { self.message = message }
}
