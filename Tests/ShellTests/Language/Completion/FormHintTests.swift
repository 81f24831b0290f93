import Reports
import Terminal
import Testing

@testable import Shell

@Suite struct FormHintTests {
  @Test(arguments: [
    ("explain @1", " [with (VALUE, …) | generic]"), ("explain @1 ", "[with (VALUE, …) | generic]"),
    ("explain @1 with", " (VALUE, …)"), ("EXPLAIN @1 g", "eneric"),
    ("explain", " [@n] [with (VALUE, …) | generic] | SQL; [with (VALUE, …) | generic]"),
    ("expl", "ain [@n] [with (VALUE, …) | generic] | SQL; [with (VALUE, …) | generic]"),
    ("hypo dr", "op %n … | all"), ("hypo drop a", "ll"), ("hypo drop %1", " [%n …]"),
    (
      "hypo add orders",
      "(KEYS) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (PARAMETER, …)] [unique] [as NAME]"
    ),
    (
      "hypo add orders(a) unique",
      " [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (PARAMETER, …)] [as NAME]"
    ),
    ("top 5", " [by total|mean|calls|rows|reads|writes|temp|wal] [on TABLE]"),
    ("top o", "n TABLE [by total|mean|calls|rows|reads|writes|temp|wal]"),
    ("promote %1 for X", " [as NAME]"), ("show pl", "an @n"), ("run", " FILE"), ("run ", "FILE"),
    ("set timing", " [VALUE]"), ("expect cost @1", " <|<=|>|>=|=|<> N"), ("rollback", " [change N]"),
  ])
  func `the rest of the form`(line: String, hint: String) {
    #expect(FormHint.of(line)?.text == hint)
  }

  @Test(arguments: [
    ("top 5 b", "y "), ("top o", "n "), ("top 5", ""), ("hypo dr", "op "), ("hypo drop a", "ll"),
    ("hypo add orders", "("), ("explain @1 with", " ("), ("explain @1 g", "eneric"), ("explain @1 ", ""),
    ("expl", "ain "), ("stat", "us"), ("run", ""), ("set timing", ""), ("expect cost @1", ""),
    ("show pl", "an "), ("rollback", ""),
  ])
  func `only what is typed as it stands can be taken`(line: String, taken: String) {
    #expect(FormHint.of(line)?.taken == taken)
  }

  @Test(arguments: [
    "", " ", "s", "hypo", "hypo ", "xyzzy", "status", "select 1", "explain select", "explain @1 with (",
    "top x",
    "run file", "# prose", "\\d",
  ])
  func `nothing where nothing is known`(line: String) { #expect(FormHint.of(line) == nil) }
}
