import Server
import Testing

@Suite struct UnexplainedDifferenceTests {
  @Test func `a difference that no design explains is told with its reason`() {
    let cases: [(UnexplainedDifference, String)] = [
      (
        .plannedWithoutGEQO,
        ": from geqo_threshold relations on the planner tries join orders by chance; these plans are made with geqo = off"
      ),
      (
        .tooDearWithoutGEQO,
        ", and planning with geqo = off took too long: what differs is no effect of a design"
      ),
      (
        .remains,
        ", also with geqo = off: a UNIQUE design can let the planner leave out or simplify a join, it holds costs within "
          + "1 % for the same, it can count a way for a subplan that it does not take, or statistics changed in between"
      ),
    ]
    for (difference, reason) in cases {
      #expect(
        difference.sentence
          == "the plans without and with the designs differ in steps or cost, though neither reads a design"
          + reason)
    }
  }

  @Test func `what GEQO adds to the effect of a design is told, too`() {
    #expect(
      UnexplainedDifference.comparedWithoutGEQO.sentence
        == "from geqo_threshold relations on the planner tries join orders by chance, which had a part in the difference: "
        + "these plans are made with geqo = off")
    #expect(
      UnexplainedDifference.partlyByChance.sentence
        == "from geqo_threshold relations on the planner tries join orders by chance, and planning with geqo = off took too "
        + "long: a part of what differs may be no effect of a design")
  }
}
