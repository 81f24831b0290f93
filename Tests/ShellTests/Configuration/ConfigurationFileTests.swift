import Foundation
import Glibc
import Reports
import TestSupport
import Testing

@testable import Shell

@Suite struct ConfigurationFileTests {
  private let folder: TemporaryFolder
  private let file: String

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/hypo", withIntermediateDirectories: true)
    file = "\(folder.path)/hypo/config"
  }

  private var environment: [String: String] { ["XDG_CONFIG_HOME": folder.path] }

  private func failure() -> String? {
    do throws(Configuration.Problem) {
      _ = try ConfigurationFile.read(environment: environment)
      return nil
    } catch { return "\(error.line): \(error.failure.message)" }
  }

  @Test func `it lies where XDG says`() {
    #expect(
      ConfigurationFile.path(environment: ["XDG_CONFIG_HOME": "/x", "HOME": "/h"]) == "/x/hypo/config")
    for folder in ["", "relative"] {
      #expect(
        ConfigurationFile.path(environment: ["XDG_CONFIG_HOME": folder, "HOME": "/h"])
          == "/h/.config/hypo/config")
    }
    #expect(ConfigurationFile.path(environment: [:])?.hasSuffix("/.config/hypo/config") == true)
  }

  @Test func `no file is an empty configuration`() throws {
    #expect(try ConfigurationFile.read(environment: environment) == Configuration())
    #expect(
      try ConfigurationFile.read(environment: ["XDG_CONFIG_HOME": "/dev/null"]) == Configuration())
  }

  @Test func `it is read through a link`() throws {
    try folder.write("timing = on\n", to: "elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: file, withDestinationPath: "\(folder.path)/elsewhere")
    #expect(try ConfigurationFile.read(environment: environment).settings.timing)
  }

  @Test func `others that may read it keep a password out`() throws {
    try folder.write("[target x]\nconninfo = host=h password=p\n", to: "hypo/config")
    for mode: mode_t in [0o604, 0o640, 0o620] {
      chmod(file, mode)
      #expect(failure() == "2: a password in a file that others may read")
    }
    chmod(file, 0o600)
    #expect(failure() == nil)
  }

  @Test func `a folder, a device and a huge file are no configuration`() throws {
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
    #expect(failure() == "0: could not read the configuration \"\(file)\": it is no file")
    try FileManager.default.removeItem(atPath: file)
    mkfifo(file, 0o600)
    #expect(failure() == "0: could not read the configuration \"\(file)\": it is no file")
    try FileManager.default.removeItem(atPath: file)
    try folder.write(String(repeating: "#\n", count: ConfigurationFile.limitInBytes), to: "hypo/config")
    #expect(failure() == "0: could not read the configuration \"\(file)\": it is larger than 1 MB")
  }
}
