/// Where changes are written down; nothing is changed on a server without one.
public protocol ChangeJournal: AnyObject {
  /// Writes down what is about to be done and gives it its number.
  ///
  /// The intent is on disk when this returns (for SQLite: `synchronous = FULL`), so that it
  /// survives the loss of this process and of the machine. Run the first statement only then.
  ///
  /// - Throws: When it could not be written; then nothing may be run.
  func begin(_ intent: ChangeIntent) throws -> ChangeNumber

  /// Writes down which index a running build is making, as soon as the server tells.
  ///
  /// A build that is cut off behind this can be undone: its leftover is known by its object id.
  /// - Throws: When there is no such change, its index is written already, or it could not be written.
  func saw(index objectID: UInt32, madeBy number: ChangeNumber) throws

  /// Writes down how a change ended. A change ends once.
  ///
  /// - Throws: When there is no such change, it has ended already, or it could not be written.
  func finish(_ number: ChangeNumber, with outcome: ChangeOutcome) throws

  /// Writes down what the server had counted after a change, once, when its ending is written already.
  ///
  /// - Throws: When there is no such change, its counters are written already, or they could not be written.
  func counted(_ counters: ChangeCounters, after number: ChangeNumber) throws
}
