import IndexDesign
import Notebook
import Reports
import Server

/// What to do next about failures that come from the server without a hint.
enum Advice {
  /// What to do about a connection that could not be made, by libpq's words in any of its forms.
  static func onConnection(_ message: String) -> String {
    if message.contains("no password supplied") {
      return "put the password into ~/.pgpass or PGPASSWORD; in a terminal hypo asks for it"
    }
    if message.contains("authentication failed") {
      return "check the user and the password: PGUSER, ~/.pgpass, or connect 'host=… user=…'"
    }
    if message.contains("role \""), message.contains("does not exist") {
      return "name another role: PGUSER, or connect 'user=…'"
    }
    if message.contains("database \""), message.contains("does not exist") {
      return "a bare TARGET is the name of a database; psql -l lists those that exist"
    }
    if !message.contains("connection to server"), !message.contains("translate host name") {
      return "TARGET is a database name, a conninfo string, a URI, service=NAME, or sandbox"
    }
    return "check host, port and that the server runs; connect sandbox starts a private one to try things on"
  }

  /// A failed statement with what to do next: the nearest name of a relation that is not there, or what a
  /// missing privilege needs; the nearest column of the statement's relations. Unchanged when the server gave a hint, or nothing is known.
  static func onStatement(_ failure: Failure, _ session: Session, statement: String) -> Failure {
    var failure = failure
    guard failure.hint == nil else { return failure }
    switch failure.sqlState {
    case "42501":
      failure.hint =
        "a statement is planned with the role's own rights: GRANT SELECT ON the table TO the role"
    case "42P01":
      failure.hint = failure.place.flatMap(relationName).flatMap { nearest(to: $0, session) } ?? tables
    case "42703":
      failure.hint = failure.place.flatMap(relationName).flatMap {
        nearestColumn(to: $0.name, statement, session)
      }
    case "42601": failure.hint = failure.place.flatMap(unsetValue)
    default: break
    }
    return failure
  }

  /// A value that a text wants at a place and that nobody has set, so that the server saw its colon.
  private static func unsetValue(at place: Failure.Place) -> String? {
    let use = NotebookValues.uses(in: place.text).first { $0.range.lowerBound == place.range.lowerBound }
    return use.map {
      ":\($0.name) has no value: let \($0.name) = … gives it one; a plan for any value takes $1 in its place"
    }
  }

  /// What to do about a relation that is not there and has no near name.
  static let tables = "\\dt *.* lists the tables of all schemas"

  /// The server asks only about names that differ in few letters; a name's beginning means the name, too.
  private static func nearestColumn(to name: String, _ statement: String, _ session: Session) -> String? {
    let relations = StatementParser.relations(in: statement) ?? []
    let columns = relations.flatMap { (try? session.relation($0))?.columns.map(\.name) ?? [] }
    return NearName.closest(to: name, among: columns).map { "did you mean \"\($0)\"?" }
  }

  /// The name that begins at a place.
  private static func relationName(at place: Failure.Place) -> RelationName? {
    let bytes = Array(place.text.utf8).dropFirst(place.range.lowerBound)
    let end = bytes.firstIndex { " \t\r\n(),;".utf8.contains($0) } ?? bytes.endIndex
    return try? RelationName.parse(String(decoding: bytes[..<end], as: UTF8.self))
  }

  /// A question with the nearest name of a relation that is not there; nil when it is, or nothing is near.
  static func nearest(to name: RelationName, _ session: Session) -> String? {
    do {
      _ = try session.relation(name)
      return nil
    } catch {
      return error.sqlState == "42P01" ? error.hint : nil
    }
  }
}
