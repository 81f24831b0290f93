/// Where changes are written down; nothing is changed on a server without one.
public protocol ChangeJournal: AnyObject {
  /// Writes down what is about to be done and gives it its number.
  ///
  /// The intent is on disk when this returns (for SQLite: `synchronous = FULL`), so that it
  /// survives the loss of this process and of the machine. Run the first statement only then.
  ///
  /// - Throws: When it could not be written; then nothing may be run.
  func begin(_ intent: ChangeIntent) throws -> ChangeNumber

  /// Writes down how a change ended. A change ends once.
  ///
  /// - Throws: When there is no such change, it has ended already, or it could not be written.
  func finish(_ number: ChangeNumber, with outcome: ChangeOutcome) throws
}
