import Reports

@testable import Shell

/// The failure that something throws; nil when it throws none, or another error.
func caught(_ body: () throws -> Void) -> Failure? {
  do {
    try body()
    return nil
  } catch { return error as? Failure }
}
