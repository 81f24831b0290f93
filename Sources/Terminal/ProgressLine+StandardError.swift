import CLibEdit
import Glibc

extension ProgressLine where C == ContinuousClock {
  /// A progress line on standard error, silent when that is no terminal or a dumb one.
  public static func onStandardError(delay: Duration = .seconds(1)) -> ProgressLine {
    let terminal = TerminalProperties(fileDescriptor: STDERR_FILENO)
    let writes = terminal.isTerminal && !terminal.isDumb
    return ProgressLine(
      clock: ContinuousClock(), delay: delay, width: { terminal.width },
      write: writes ? { hypo_write_error($0) } : nil)
  }
}
