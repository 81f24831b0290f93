import Notebook
import Reports

/// A setting that psql's fingers change with a backslash command of its own: without a value it is turned over.
struct TurnedSetting {
  private let entry: Settings.Entry
  /// Nil turns it over.
  private let value: String?

  /// Reads the value that may follow.
  init(_ entry: Settings.Entry, _ arguments: Arguments) throws(Failure) {
    self.entry = entry
    value = try arguments.whole.map { typed throws(Failure) in try entry.value(of: typed, in: arguments.text)
    }
  }

  /// Changes it and shows what it is then.
  func change(in workspace: Workspace) -> Report {
    workspace.set(entry, to: value ?? (entry.get(workspace.settings) == "on" ? "off" : "on"))
    return entry.report("set", workspace.settings)
  }
}
