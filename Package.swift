// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled the same way: Swift 6 language mode, and imports that say who sees them.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// One room of the house; CONTRIBUTING.md says what each may import and ImportRulesTests keeps it.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies,
    resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "hypo",
  products: [.executable(name: "hypo", targets: ["hypo"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPgQuery", providers: [.apt(["libpg-query-dev"])]),
    .systemLibrary(
      name: "CMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    room("Postgres", ["CLibPQ", "IndexDesign"]),
    room("IndexDesign", ["CPgQuery"]),
    room("Server", ["Postgres", "IndexDesign"]),
    room("Changes", ["IndexDesign", "Postgres", "Server"]),
    room("Storage", [.product(name: "GRDB", package: "GRDB.swift")]),
    room("Ledger", ["CLibCrypto", "IndexDesign", "Storage", .product(name: "GRDB", package: "GRDB.swift")]),
    room("Programs", ["Storage"]),
    room("Sandbox", ["IndexDesign", "Postgres", "Programs", "Storage"]),
    room("Terminal", ["CLibEdit", "IndexDesign"]),
    room("Reports", ["IndexDesign", "Terminal"]),
    room("Notebook", ["CMarkGFM", "IndexDesign", "Reports", "Terminal"]),
    room(
      "Shell",
      [
        "Changes", "IndexDesign", "Ledger", "Notebook", "Programs", "Reports", "Sandbox", "Server",
        "Storage", "Terminal",
        .product(name: "OrderedCollections", package: "swift-collections"),
      ]),
    .executableTarget(
      name: "hypo",
      dependencies: ["Shell", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    .target(name: "CFaultyDisk", path: "Tests/CFaultyDisk"),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .executableTarget(
      name: "EditorProbe", dependencies: ["Storage", "Terminal"], path: "Tests/EditorProbe",
      swiftSettings: strict),
    // Drives the what-if planner for scripts/bench/whatif; a program of its own, because hypo has no such command.
    .executableTarget(
      name: "WhatIfProbe", dependencies: ["IndexDesign", "Server"], path: "Tests/WhatIfProbe",
      swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        "CFaultyDisk", "CPseudoTerminal", "IndexDesign", "Postgres", "Programs", "Sandbox", "Server",
      ],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "ImportRulesTests", swiftSettings: strict),
    tests(of: "Postgres"),
    tests(of: "IndexDesign", resources: [.copy("Resources")]),
    tests(of: "Server", resources: [.copy("Resources")]),
    tests(of: "Changes"),
    tests(of: "Storage", ["Programs", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(
      of: "Ledger", ["Storage", .product(name: "GRDB", package: "GRDB.swift")],
      resources: [.copy("Resources")]),
    tests(of: "Programs"),
    tests(of: "Sandbox"),
    tests(of: "Terminal", ["EditorProbe"]),
    tests(of: "Notebook"),
    tests(of: "Reports"),
    tests(of: "Shell", [.product(name: "GRDB", package: "GRDB.swift")]),
  ]
)
