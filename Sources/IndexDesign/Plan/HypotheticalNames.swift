/// Replaces HypoPG's index names by the handles of the designs behind them.
///
/// HypoPG numbers its indexes anew after a reset, so a name means something only at the moment
/// in which the plan is read.
struct HypotheticalNames {
  private let designs: [String: DesignHandle]
  /// Longest first, because one name can begin another.
  private let names: [(bytes: [UInt8], handle: String)]

  init(_ designs: [String: DesignHandle]) {
    self.designs = designs
    names = designs.sorted { ($1.key.utf8.count, $0.key) < ($0.key.utf8.count, $1.key) }
      .map { (Array($0.key.utf8), $0.value.description) }
  }

  /// The index behind a plan's `Index Name`.
  func index(_ name: String) throws(DesignError) -> IndexReference {
    if let handle = designs[name] { return .design(handle) }
    guard !Self.isHypothetical(name) else { throw Self.unknownDesign }
    return .real(name)
  }

  /// The text with every known name replaced.
  func rewrite(_ text: String) -> String {
    guard !names.isEmpty, text.utf8.contains(UInt8(ascii: "<")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "<"),
        let found = names.first(where: { bytes[at...].starts(with: $0.bytes) })
      {
        result.append(contentsOf: found.handle.utf8)
        at += found.bytes.count
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The value with every known name in its strings replaced.
  func rewrite(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(rewrite(text))
    case .array(let elements): .array(elements.map(rewrite))
    case .object(let members): .object(members.map { ($0.name, rewrite($0.value)) })
    case .null, .bool, .number: value
    }
  }

  /// What is wrong with a plan whose hypothetical index nobody knows.
  static let unknownDesign = DesignError(
    .malformedDocument, "could not read the plan: it uses a hypothetical index that belongs to no design",
    detail: "This backend holds a hypothetical index that was not made by \"hypo add\".",
    hint: "drop every hypothetical index of this session with \"hypo reset\", then add the designs again")

  /// Whether a name has HypoPG's form: an object id in angle brackets, then an access method.
  static func isHypothetical(_ name: String) -> Bool {
    guard name.hasPrefix("<"), let close = name.firstIndex(of: ">") else { return false }
    let digits = name[name.index(after: name.startIndex)..<close]
    let rest = name[name.index(after: close)...]
    return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
      && ["btree_", "brin_", "hash_", "bloom_"].contains { rest.hasPrefix($0) }
  }
}
