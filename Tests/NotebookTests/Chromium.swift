import Foundation
import Programs
import TestSupport

/// A browser without a window and without a network, for pages as readers see them.
struct Chromium {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs it on a page to its end.
  ///
  /// - Returns: what it wrote and what it complained of.
  func run(_ flags: [String], page: String) throws -> (output: String, errors: String) {
    try folder.write(page, to: "page.html")
    let profile = "\(folder.path)/profile-\(UUID().uuidString)"
    let program = Program(
      "/usr/bin/chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir=\(profile)",
        // A request that leaves would meet nobody there, and is told.
        "--proxy-server=127.0.0.1:9", "--enable-logging=stderr", "--disable-background-networking",
        "--disable-component-update", "--no-first-run",
      ] + flags + ["file://\(folder.path)/page.html"],
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8"],
      workingDirectory: folder.path)
    let output = try program.output(timeout: Patience.limit)
    return (output.standardOutput, output.standardError)
  }
}
