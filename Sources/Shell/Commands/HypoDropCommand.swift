import IndexDesign
import Reports
import Server

/// `hypo drop %n …|all`
struct HypoDropCommand: Command {
  static let declaration = CommandDeclaration(
    name: "hypo drop", arguments: "%n … | all", summary: "take designs from the planner's sight",
    details:
      "The designs stay as proposals; hypo add %n makes one hypothetical again. No real index is touched.",
    examples: ["hypo drop all"], group: .designs, effects: .keepsInWorkspace)

  /// The handles and where they were typed; nil means all.
  private let handles: [(DesignHandle, Failure.Place)]?

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    if arguments.take("all") {
      handles = nil
      try arguments.expectEnd(Self.declaration.synopsis)
      return
    }
    var found: [(DesignHandle, Failure.Place)] = []
    while let word = arguments.word() {
      guard let handle = DesignHandle(word.text.trimmingComma) else {
        throw arguments.failure(
          "\"\(word.text)\" is no design handle", at: word,
          hint: "usage: \(Self.declaration.synopsis); hypo list shows the handles")
      }
      found.append((handle, .init(text: arguments.text, range: word.range)))
    }
    guard !found.isEmpty else {
      throw arguments.failure(
        "hypo drop needs a design", at: nil, hint: "usage: \(Self.declaration.synopsis)")
    }
    handles = found
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    var wanted = session.hypotheticals.active.map(\.handle)
    if let handles {
      wanted = []
      for (handle, place) in handles {
        _ = try workspace.designs.find(handle, at: place)
        guard session.hypotheticals.isActive(handle) else {
          throw Failure(
            .script, "\(handle) is not hypothetical now", hint: "hypo list shows the states", place: place)
        }
        if !wanted.contains(handle) { wanted.append(handle) }
      }
    }
    for handle in wanted {
      try session.hypotheticals.drop(handle)
      workspace.note(.proposed, of: handle)
    }
    return .message(
      "hypo drop",
      wanted.isEmpty
        ? "no design was hypothetical"
        : "now only proposed: \(wanted.map(\.description).joined(separator: " "))")
  }
}

extension String {
  fileprivate var trimmingComma: String { hasSuffix(",") ? String(dropLast()) : self }
}

/// `hypo reset`
struct HypoResetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "hypo reset", arguments: "", summary: "remove every hypothetical index of this session",
    details: "The designs stay as proposals with their handles.", examples: ["hypo reset"], group: .designs,
    effects: .keepsInWorkspace)

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    try arguments.expectEnd(Self.declaration.synopsis)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    let active = session.hypotheticals.active.map(\.handle)
    try session.hypotheticals.reset()
    for handle in active { workspace.note(.proposed, of: handle) }
    return .message(
      "hypo reset",
      active.isEmpty
        ? "no design was hypothetical"
        : "now only proposed: \(active.map(\.description).joined(separator: " "))")
  }
}
