extension IndexDefinition {
  /// Why this index cannot be hypothetical; nil when it can.
  ///
  /// Such a design can still be promoted.
  /// Source: `hypo_index_store_parsetree` of HypoPG 1.3 and 1.4.
  public var hypotheticalObstacle: String? {
    if Self.hypotheticalMethods.contains(accessMethod) { return nil }
    return "an index with access method \"\(accessMethod)\" cannot be hypothetical: "
      + "HypoPG knows btree, hash, brin and bloom"
  }

  /// The statement for `hypopg_create_index`: this definition without the parts that HypoPG ignores or
  /// garbles.
  public var hypotheticalStatement: String {
    var copy = self
    copy.name = nil
    copy.tablespace = nil
    copy.nullsNotDistinct = false
    copy.onlyParent = false
    copy.storageParameters = storageParameters.filter {
      Self.honouredParameters(accessMethod).contains($0.name)
    }
    for index in copy.keys.indices { copy.keys[index].operatorClassParameters = [] }
    return copy.createStatement()
  }

  /// What of this definition HypoPG leaves out, each in words that follow "HypoPG ignores"; empty when the
  /// hypothetical index says everything. The real index will have all of it.
  public var partsIgnoredByHypoPG: [String] {
    var parts: [String] = []
    if let name { parts.append("the name \(Identifier.quoted(name))") }
    for key in keys {
      guard let operatorClass = key.operatorClass, !key.operatorClassParameters.isEmpty else { continue }
      parts.append("the options of operator class \(operatorClass.sql)")
    }
    if nullsNotDistinct { parts.append("NULLS NOT DISTINCT") }
    let honoured = Self.honouredParameters(accessMethod)
    for parameter in storageParameters where !honoured.contains(parameter.name) {
      parts.append("the storage parameter \(parameter.name)")
    }
    if let tablespace { parts.append("the tablespace \(Identifier.quoted(tablespace))") }
    if onlyParent { parts.append("ON ONLY") }
    return parts
  }

  private static let hypotheticalMethods: Set<String> = ["btree", "hash", "brin", "bloom"]

  /// Source: `hypo_estimate_index` of HypoPG 1.3 reads these; all others only stand in its output.
  private static func honouredParameters(_ accessMethod: String) -> Set<String> {
    switch accessMethod {
    case "btree", "hash": ["fillfactor"]
    case "brin": ["pages_per_range"]
    case "bloom": ["length"]
    default: []
    }
  }
}
