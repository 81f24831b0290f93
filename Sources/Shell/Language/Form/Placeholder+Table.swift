import Notebook

extension Placeholder {
  /// Every placeholder and what it stands for, unless a command's form says something else.
  static let table: [String: Placeholder] = [
    "@n": Placeholder(
      noun: "query handle", example: "@1", source: .queries, fit: { $0.hasPrefix("@") ? 1 : nil },
      complaint: { "\"\($0)\" is no query handle" }, hint: "query lists them"),
    "%n": Placeholder(
      noun: "design handle", example: "%1", source: .designs, fit: { $0.hasPrefix("%") ? 1 : nil },
      complaint: { "\"\($0)\" is no design handle" }, hint: "hypo list shows the handles"),
    "N": .count("the number"),
    "C": .count("the number of times"),
    "N%": .count("the share"),
    "TABLE": .relation,
    "INDEX": Placeholder(noun: "index", example: "orders_pkey", source: .indexes),
    "SCHEMA": Placeholder(noun: "schema", example: "public", source: .schemas),
    "DATABASE": Placeholder(noun: "database", example: "orders", source: .databases),
    "METHOD": Placeholder(noun: "access method", example: "btree", source: .accessMethods),
    "KEYS": Placeholder(noun: "list of keys", example: "customer_id", source: .keys),
    "COLUMN": Placeholder(noun: "column", example: "total", source: .includedColumns),
    "PARAMETER": Placeholder(
      noun: "storage parameter", example: "fillfactor = 80", source: .storageParameters),
    "CONDITION": Placeholder(noun: "condition", extent: .phrase, example: "total > 5", source: .condition),
    "NAME": Placeholder(noun: "name", example: "orders_total_idx"),
    "SETTING": Placeholder(noun: "setting", extent: .name, example: "format", source: .settings),
    "VALUE": Placeholder(noun: "value", example: "42"),
    "OPTION": Placeholder(noun: "option", example: "verbose"),
    "STEP": Placeholder(noun: "step of a plan", example: "\"Index Scan\""),
    "QUERYID": Placeholder(
      noun: "queryid", example: "-3162436127463278", fit: { Int64($0) == nil ? nil : 1 }),
    "CODE": Placeholder(noun: "SQLSTATE", example: "42P01"),
    "FILE": .text("file", example: "notes.hypo", source: .files),
    "TEXT": .text("text", example: "orders"),
    "\"TEXT\"": Placeholder(noun: "text in quotes", example: "\"Has it been approved?\""),
    "TARGET": .text("target", example: "sandbox", source: .targets),
    "CHANGE": .change, "TICKET": Placeholder(noun: "ticket", example: "CHG-1042"),
    "TIME": Placeholder(noun: "time of at most a day, such as 10s or 2min", example: "10s"),
    "COMMAND": Placeholder(
      noun: "command", extent: .command, example: "top 5", source: .commandLine, fit: { _ in 0 }),
    "TOPIC": .text("topic", example: "notebooks", source: .topics),
    // No statement begins with the sign of a file.
    "SQL": Placeholder(
      noun: "statement", extent: .statement, example: "select 1;", source: .statement,
      fit: { Handle.isLike($0) || $0.hasPrefix(">") ? nil : 0 }),
    "DESIGN": design, "STATEMENT": statement, "DEFINITION": definition,
    "PREDICATE": NotebookExpectation.placeholder,
  ]

  /// A relation of any kind.
  static let relation = Placeholder(noun: "table", example: "orders", source: .relations)

  private static let indexable = Placeholder(noun: "table", example: "orders", source: .indexableRelations)

  /// An index as `hypo add` takes it. Its reader is `IndexDefinitionParser`.
  private static let design = Placeholder(
    noun: "design", extent: .rest, example: "orders(customer_id)",
    hint: "for example: hypo add orders(customer_id)",
    form: Form(
      of:
        "TABLE(KEYS) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (PARAMETER, …)] [unique] [as NAME]",
      ["TABLE": indexable]), isShownAsForm: true)

  /// A whole CREATE INDEX. Its reader is `IndexDefinitionParser`.
  private static let statement = Placeholder(
    noun: "CREATE INDEX statement", extent: .definition, example: "create index on orders (id)",
    fit: { $0.lowercased() == "create" ? 2 : nil },
    form: Form(of: "create [unique] index DEFINITION", ["DEFINITION": definition]), isShownAsForm: true)

  /// What follows CREATE INDEX.
  private static let definition = Placeholder(
    noun: "definition", example: "on orders (id)",
    form: Form(
      of: "[concurrently] [if not exists] [NAME] on [only] TABLE [using METHOD] (KEYS) [include (COLUMN, …)] "
        + "[with (PARAMETER, …)] [where CONDITION]", ["TABLE": indexable]))
}
