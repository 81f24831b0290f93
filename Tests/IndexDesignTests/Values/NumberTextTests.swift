import IndexDesign
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [(0, "0"), (-7, "−7"), (1_000, "1,000"), (24_218, "24,218"), (-1_234_567, "−1,234,567")])
  func `a count has its thousands apart`(count: Int, text: String) {
    #expect(NumberText.count(count) == text)
  }

  @Test(
    arguments: [
      (.milliseconds(420), "420 ms"), (.seconds(90), "1 min 30 s"), (.seconds(400_000), "4 days 15 h"),
    ] as [(Duration, String)])
  func `a duration reads like its milliseconds`(duration: Duration, text: String) {
    #expect(NumberText.duration(duration) == text)
    #expect(NumberText.duration(milliseconds: duration / .milliseconds(1)) == text)
  }

  @Test(
    arguments: [
      (.zero, "0 s"), (.milliseconds(999), "0 s"), (.seconds(59), "59 s"), (.seconds(60), "1 min 0 s"),
      (.seconds(754), "12 min 34 s"), (.seconds(7_200), "2 h 0 min"), (.seconds(172_799), "47 h 59 min"),
      (.seconds(172_800), "2 days 0 h"), (.seconds(86_400_000), "1,000 days 0 h"), (.seconds(-5), "0 s"),
    ] as [(Duration, String)])
  func `a time that still runs has whole seconds and never less than none`(duration: Duration, text: String) {
    #expect(NumberText.elapsed(duration) == text)
  }

  @Test(arguments: [(0, "0 %"), (0.009, "0 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %")])
  func `progress is cut, so that only the end is all`(fraction: Double, text: String) {
    #expect(NumberText.progress(fraction) == text)
  }
}
