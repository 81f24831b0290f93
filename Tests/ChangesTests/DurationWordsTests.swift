import Testing

@testable import Changes

@Suite struct DurationWordsTests {
  @Test(arguments: [
    (Duration.seconds(30), "30s"), (.milliseconds(600), "600ms"), (.milliseconds(1_500), "1500ms"),
  ])
  func `a time-out is worded as PostgreSQL takes it`(duration: Duration, words: String) {
    #expect(duration.words == words)
  }
}
