import IndexDesign
import Notebook
import Reports

/// Backslash commands that fingers of psql users know: hypo's own, those that psql runs, and those that are refused.
enum Backslash {
  /// The names that hypo has itself.
  static let own = CommandRegistry.backslashNames.flatMap(\.self)

  /// Whether `> FILE` behind a name is the file for its result; behind the others it is an argument that psql knows.
  static func mayRedirect(_ name: String) -> Bool {
    CommandRegistry.find(name) != nil || PsqlLine.describes(name)
  }

  /// Why hypo does not run a command of psql, or that there is none of that name.
  static func refusal(_ name: String, at place: Failure.Place) -> Failure {
    if let known = RefusedBackslash.all.first(where: { $0.names.contains(name) }) {
      return Failure(.script, "cannot run \(name): \(known.reason)", hint: known.hint, place: place)
    }
    let near = NearName.closest(
      to: name, among: own + PsqlLine.describing + RefusedBackslash.all.flatMap(\.names))
    return Failure(
      .script, "unknown backslash command \(name)",
      hint: near.map { "did you mean \($0)?" } ?? "help backslash lists them", place: place)
  }
}
