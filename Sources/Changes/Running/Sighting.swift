internal import IndexDesign

/// Writes down which index a build was seen to make, without which a build that is cut off cannot be undone.
///
/// The build itself is not to suffer from a journal that fails: what could not be written is tried again, and told when
/// it never was.
final class Sighting {
  private let number: ChangeNumber
  private let journal: any ChangeJournal
  private var index: UInt32?
  private var problem: (any Error)?
  private var nextTry = ContinuousClock.now

  /// Watches for the index of a change that has begun.
  init(by number: ChangeNumber, in journal: any ChangeJournal) {
    self.number = number
    self.journal = journal
  }

  /// Takes the index and writes it down; the first one counts.
  func saw(_ objectID: UInt32) {
    guard index == nil else { return }
    index = objectID
    attempt()
  }

  /// Tries again to write down what could not be written; does nothing when everything is.
  ///
  /// A journal that takes its time to fail is left alone for longer, for nobody hears Ctrl-C meanwhile.
  func tryAgain() { if nextTry <= .now { write() } }

  /// Tries once more, however long the journal takes.
  func write() { if problem != nil { attempt() } }

  /// That the index was not written down, and why; nil when it was, or when none was seen.
  var warning: String? {
    guard let index, let problem else { return nil }
    return "could not write down which index \(number) was making (object id \(index)): \(problem)"
  }

  private func attempt() {
    guard let index else { return }
    let started = ContinuousClock.now
    do {
      try journal.saw(index: index, madeBy: number)
      problem = nil
    } catch { problem = error }
    nextTry = .now + (.now - started) * 3
  }
}
