import Foundation

/// What other users of the machine see of this process's command line.
public enum ProcessArguments {
  /// Overwrites arguments where the operating system shows them, as `ps` does; this process keeps what it was given.
  ///
  /// They were visible until then. Where the operating system does not say where they are, nothing happens.
  /// Source: proc(5), `arg_start` and `arg_end` of `/proc/[pid]/stat`.
  ///
  /// - Parameter isSecret: whether an argument is to be hidden.
  public static func hide(where isSecret: (String) -> Bool) {
    // Copied before anything is overwritten.
    guard CommandLine.arguments.contains(where: isSecret),
      let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
      // The second field is the program's name in parentheses, which may hold anything.
      let name = stat.lastIndex(of: ")")
    else { return }
    let fields = stat[stat.index(after: name)...].split(separator: " ")
    guard fields.count > 46, let start = UInt(fields[45]), let end = UInt(fields[46]), start < end,
      let bytes = UnsafeMutablePointer<UInt8>(bitPattern: start)
    else { return }
    let all = UnsafeMutableBufferPointer(start: bytes, count: Int(end - start))
    for argument in all.split(separator: 0) where isSecret(String(decoding: argument, as: UTF8.self)) {
      for index in argument.indices { all[index] = UInt8(ascii: "x") }
    }
  }
}
