import IndexDesign
import Reports
import Server

/// Candidates from the names of a database.
struct NameSources {
  let names: CatalogNames

  // MARK: Relations

  /// Relations that go on from what was typed, and schemas. PostgreSQL's own only once `pg_` or their schema
  /// is typed. When nothing begins so on the search path, names of other schemas are offered with theirs.
  func relations(_ typed: TypedName, suffix: String, kinds: Set<Relation.Kind>? = nil)
    -> [CompletionCandidate]
  {
    if let schema = typed.qualifiers.last {
      return names.relations.filter { $0.schema == schema && kinds?.contains($0.kind) ?? true }
        .map { candidate($0, suffix) }
    }
    let withSystem = typed.last.lowercased().hasPrefix("pg_")
    func isOffered(_ entry: CatalogNames.Entry) -> Bool {
      (withSystem || !entry.isSystem) && kinds?.contains(entry.kind) ?? true
    }
    var found = names.relations(beginningWith: typed.last).filter { $0.isVisible && isOffered($0) }
      .map { candidate($0, suffix) }
    found += schemas.filter { NameMatch.isPrefix(typed.last, of: $0.name) }
    if !found.isEmpty { return found }
    let elsewhere = names.relations(beginningWith: typed.last).filter { !$0.isVisible && isOffered($0) }
    if !elsewhere.isEmpty, !typed.last.isEmpty { return elsewhere.map { qualified($0, suffix) } }
    return names.relations.filter { $0.isVisible && isOffered($0) }.map { candidate($0, suffix) }
  }

  /// Schemas, to be followed by a dot.
  var schemas: [CompletionCandidate] {
    names.schemas.map {
      .init(text: Identifier.quoted($0) + ".", name: $0, note: "schema", suffix: "")
    }
  }

  private func candidate(_ entry: CatalogNames.Entry, _ suffix: String) -> CompletionCandidate {
    .identifier(entry.name, note: Self.note(entry), suffix: suffix)
  }

  private func qualified(_ entry: CatalogNames.Entry, _ suffix: String) -> CompletionCandidate {
    .init(
      text: RelationName(schema: entry.schema, name: entry.name).sql, name: entry.name,
      note: Self.note(entry), suffix: suffix)
  }

  private static func note(_ entry: CatalogNames.Entry) -> String? {
    if entry.isPartition { return "partition" }
    return entry.kind == .table ? nil : entry.kind.words
  }

  // MARK: Columns

  /// The columns of a relation with their types.
  func columns(of entry: CatalogNames.Entry, suffix: String = "") -> [CompletionCandidate] {
    names.columns(of: entry).map { .identifier($0.name, note: $0.type, suffix: suffix) }
  }

  /// The columns for an index's keys: without those that are in the list, and with a mark on those that lead an
  /// index already.
  func keyColumns(of entry: CatalogNames.Entry, without typed: Set<String>) -> [CompletionCandidate] {
    let leading = names.leadingIndexes(of: entry)
    return names.columns(of: entry).filter { !typed.contains($0.name) }.map { column in
      let leads = leading[column.name].map { ", leads " + $0.joined(separator: ", ") } ?? ""
      return .identifier(column.name, note: column.type + leads)
    }
  }

  // MARK: Others

  /// Real indexes, with the table that each is on.
  func indexes(_ typed: TypedName) -> [CompletionCandidate] {
    let schema = typed.qualifiers.last
    return names.indexes.filter { schema == nil ? $0.isVisible : $0.schema == schema }.map {
      .identifier($0.name, note: "on \($0.table)", suffix: " ")
    } + (schema == nil ? schemas : [])
  }

  /// The access methods that HypoPG can imagine and this server has.
  var accessMethods: [CompletionCandidate] {
    names.accessMethods.filter { Self.hypotheticalMethods.contains($0) }.map { .word($0) }
  }

  private static let hypotheticalMethods: Set<String> = ["btree", "brin", "hash", "bloom"]

  /// The storage parameters of an access method, with what they mean.
  static func storageParameters(of accessMethod: String) -> [CompletionCandidate] {
    let known: [(String, String)] =
      switch accessMethod {
      case "btree":
        [("fillfactor", "how full pages are packed, 10 to 100"), ("deduplicate_items", "on or off")]
      case "hash": [("fillfactor", "how full pages are packed, 10 to 100")]
      case "brin": [("pages_per_range", "pages that one entry stands for"), ("autosummarize", "on or off")]
      case "bloom": [("length", "bits of a signature")]
      default: []
      }
    return known.map { .word($0.0, note: $0.1, suffix: " = ") }
  }
}
