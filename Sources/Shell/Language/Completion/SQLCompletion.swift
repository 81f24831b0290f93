import IndexDesign
import Reports
import Server

/// What may come at the cursor of an SQL statement, which is unfinished most of the time.
struct SQLCompletion {
  /// The statement up to the cursor, and where it begins in the line.
  let before: String
  let offset: Int
  /// What stands behind the cursor.
  let after: String
  let sources: NameSources?
  /// The relation whose condition this is, when it is no whole statement.
  var conditionOf: CatalogNames.Entry?
  /// Whether this is a condition and no whole statement.
  var isCondition = false

  /// Names first, keywords last.
  func offers() -> [CompletionOffer] {
    let lexer = SQLLexer(before)
    if lexer.endsInLiteral { return [] }
    var count = lexer.tokens.count
    let typed = TypedName(endOf: lexer, &count, textEnd: before.utf8.count)
    // A number or a parameter is being typed.
    if typed.last.isEmpty, let last = lexer.tokens.prefix(count).last,
      last.range.upperBound == before.utf8.count,
      [.number, .parameter, .string, .dollarString].contains(last.kind)
    {
      return []
    }
    let place = place(lexer, count)
    var candidates = names(place, typed)
    if typed.qualifiers.isEmpty, lexer.open == nil {
      let isUpper = isUpper(typed.last, lexer)
      candidates += SQLWords.at(place, isCondition: isCondition).map {
        .word(isUpper ? $0.uppercased() : $0, suffix: $0.hasSuffix("(") ? "" : " ")
      }
    }
    return candidates.map { CompletionOffer(candidate: $0, typed: typed.last, start: offset + typed.start) }
  }

  private func place(_ lexer: SQLLexer, _ count: Int) -> SQLPlace {
    guard isCondition else { return SQLPlace(lexer, count) }
    if count == 0 { return .operand(clause: "where") }
    let place = SQLPlace(SQLLexer("where " + before), count + 1)
    return place
  }

  private func names(_ place: SQLPlace, _ typed: TypedName) -> [CompletionCandidate] {
    guard let sources else { return [] }
    let relations = StatementRelations(before + after)
    switch place {
    case .relation:
      let common = typed.qualifiers.isEmpty ? relations.commonTables : []
      return common.map { .identifier($0, note: "WITH query") } + sources.relations(typed, suffix: "")
    case .insertColumns:
      return relations.references.last.flatMap { sources.names.relation($0.name) }.map {
        sources.columns(of: $0)
      }
        ?? []
    case .operand: return columns(relations, typed, sources)
    // Behind an expression only what goes on from a name that is begun: `o.` and the like.
    case .afterOperand where !typed.qualifiers.isEmpty: return columns(relations, typed, sources)
    case .statement, .afterRelation, .afterOperand, .beforeBy, .unknown: return []
    }
  }

  private func columns(_ relations: StatementRelations, _ typed: TypedName, _ sources: NameSources)
    -> [CompletionCandidate]
  {
    if let entry = conditionOf { return typed.qualifiers.isEmpty ? sources.columns(of: entry) : [] }
    if typed.qualifiers.count > 1 {
      let name = RelationName(schema: typed.qualifiers[0], name: typed.qualifiers[1])
      return sources.names.relation(name).map { sources.columns(of: $0) } ?? []
    }
    if let qualifier = typed.qualifiers.first {
      let name = relations.reference(qualifier)?.name ?? RelationName(name: qualifier)
      return sources.names.relation(name).map { sources.columns(of: $0) }
        ?? sources.relations(typed, suffix: ".")
    }
    return columnsOfAll(relations, sources)
  }

  /// Each name once; with several relations it says of which, and their aliases are offered, too.
  private func columnsOfAll(_ relations: StatementRelations, _ sources: NameSources) -> [CompletionCandidate]
  {
    var found: [CompletionCandidate] = []
    var places: [String: Int] = [:]
    let known = relations.references.compactMap { reference in
      sources.names.relation(reference.name).map { (reference.alias, $0) }
    }
    for (alias, entry) in known {
      for var candidate in sources.columns(of: entry) {
        if let place = places[candidate.name] {
          found[place].note = (found[place].note ?? "") + ", \(alias)"
        } else {
          if known.count > 1 { candidate.note = "\(candidate.note ?? "") of \(alias)" }
          places[candidate.name] = found.count
          found.append(candidate)
        }
      }
    }
    let aliases = known.count > 1 ? known : []
    return found
      + aliases.map { alias, entry in
        .init(text: Identifier.quoted(alias) + ".", name: alias, note: entry.name, suffix: "")
      }
  }

  /// Keywords are written as the typed part is, or as the word that begins the statement.
  private func isUpper(_ typed: String, _ lexer: SQLLexer) -> Bool {
    let model = typed.isEmpty ? lexer.tokens.first.map { lexer.text(of: $0.range) } ?? "" : typed
    return model.contains(where: \.isUppercase) && !model.contains(where: \.isLowercase)
  }
}
