import IndexDesign
import Notebook
import Reports
import Server

/// A place in a command's arguments, and where the candidates for its placeholder come from.
struct ArgumentPlace {
  let facts: CompletionFacts
  let typed: TypedWords
  let before: String
  let after: String
  /// What was typed for the placeholders before.
  let filledIn: [String: String]

  private var sources: NameSources? { facts.names.map(NameSources.init) }

  /// A candidate for the word at the cursor. Behind a parenthesis a blank comes first.
  func offer(_ candidate: CompletionCandidate) -> CompletionOffer {
    var candidate = candidate
    if typed.isBehindGroup { candidate.text = " " + candidate.text }
    return CompletionOffer(candidate: candidate, typed: typed.partial, start: typed.partialStart)
  }

  /// What may stand for a placeholder; `suffix` follows the only one.
  func offers(_ source: Placeholder.Source, suffix: String) -> [CompletionOffer] {
    switch source {
    case .relations, .indexableRelations, .indexes, .schemas: relations(source, suffix)
    case .files: FileCompletion.offers(typed.partial, start: typed.partialStart, facts)
    case .queries: named(facts.queries)
    case .designs: named(facts.designs)
    case .changes: named(facts.changes)
    case .settings: Settings.entries.map { offer(.word($0.name, note: $0.summary)) }
    case .settingValues: values
    case .accessMethods: (sources?.accessMethods ?? []).map(offer)
    case .targets: named(facts.targets) + databases
    case .databases: databases
    case .nothing, .keys, .includedColumns, .storageParameters, .condition, .statement, .commandLine,
      .commandNames, .topics:
      []
    }
  }

  private func named(_ names: [CompletionFacts.Named]) -> [CompletionOffer] {
    names.map { offer(.word($0.name, note: $0.note)) }
  }

  private var values: [CompletionOffer] {
    let entry = Settings.entries.first { $0.name == filledIn["SETTING"]?.lowercased() }
    return (entry?.values ?? []).map { offer(.word($0)) }
  }

  private var databases: [CompletionOffer] {
    (facts.names?.databases ?? []).map { offer(.init(text: $0, name: $0, note: "database")) }
  }

  private func relations(_ source: Placeholder.Source, _ suffix: String) -> [CompletionOffer] {
    guard let sources else { return [] }
    let name = TypedName(typed.partial, at: typed.partialStart)
    let candidates: [CompletionCandidate] =
      switch source {
      case .indexes: sources.indexes(name)
      case .schemas: sources.names.schemas.map { .identifier($0, suffix: " ") }
      case .indexableRelations: sources.relations(name, suffix: suffix, kinds: Self.indexable)
      default: sources.relations(name, suffix: suffix, kinds: nil)
      }
    return candidates.map { CompletionOffer(candidate: $0, typed: name.last, start: name.start) }
  }

  private static let indexable: Set<Relation.Kind> = [.table, .partitionedTable, .materializedView]

  // MARK: Texts with a grammar of their own

  /// What may stand in a text that began at an offset.
  func offers(text source: Placeholder.Source, from start: Int) -> [CompletionOffer] {
    let inside = String(decoding: Array(before.utf8)[start...], as: UTF8.self)
    switch source {
    case .keys:
      return IndexKeyCompletion(
        before: inside, offset: start, after: after, sources: sources, table: table,
        accessMethod: accessMethod
      ).offers()
    case .includedColumns: return includedColumns(inside, start)
    case .storageParameters: return parameters(inside, start)
    case .condition:
      return SQLCompletion(
        before: inside, offset: start, after: "", sources: sources, conditionOf: table, isCondition: true
      ).offers()
    default: return []
    }
  }

  private var table: CatalogNames.Entry? {
    guard let text = filledIn["TABLE"], let name = try? RelationName.parse(text) else { return nil }
    return facts.names?.relation(name)
  }

  /// The access method that is named anywhere in the line.
  private var accessMethod: String {
    if let method = filledIn["METHOD"] { return method.lowercased() }
    let words = TypedWords(before + after).finished
    let using = words.firstIndex { $0.lowercased == "using" }
    return using.flatMap { words.indices.contains($0 + 1) ? words[$0 + 1].lowercased : nil } ?? "btree"
  }

  private func includedColumns(_ inside: String, _ start: Int) -> [CompletionOffer] {
    let lexer = SQLLexer(inside)
    var count = lexer.tokens.count
    let name = TypedName(endOf: lexer, &count, textEnd: inside.utf8.count)
    guard let sources, let table, count == 0 || lexer.isMark(",", at: count - 1) else { return [] }
    let taken = SQLLexer.names(inList: inside, and: after)
      .union(SQLLexer.names(inList: (filledIn["KEYS"] ?? "") + " ", and: ""))
    return sources.columns(of: table).filter { !taken.contains($0.name) }
      .map { CompletionOffer(candidate: $0, typed: name.last, start: start + name.start) }
  }

  private func parameters(_ inside: String, _ start: Int) -> [CompletionOffer] {
    let lexer = SQLLexer(inside)
    var count = lexer.tokens.count
    let name = TypedName(endOf: lexer, &count, textEnd: inside.utf8.count)
    guard count == 0 || lexer.isMark(",", at: count - 1) else { return [] }
    return NameSources.storageParameters(of: accessMethod).map {
      CompletionOffer(candidate: $0, typed: name.last, start: start + name.start)
    }
  }
}
