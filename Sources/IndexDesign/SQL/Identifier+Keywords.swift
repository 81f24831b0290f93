extension Identifier {
  /// Keywords that may name neither a column nor a table without quotes, as of PostgreSQL 18.
  ///
  /// Source: PostgreSQL manual, "SQL Key Words"; `pg_get_keywords()`, category R.
  static let reservedWords: Set<String> = words(
    """
    all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
    create current_catalog current_date current_role current_time current_timestamp current_user default
    deferrable desc distinct do else end except false fetch for foreign from grant group having in
    initially intersect into lateral leading limit localtime localtimestamp not null offset on only or
    order placing primary references returning select session_user some symmetric system_user table then
    to trailing true union unique user using variadic when where window with
    """)

  /// Keywords that may name a function or a type, but not a column or a table, without quotes.
  ///
  /// Source: `pg_get_keywords()`, category T.
  static let functionOrTypeWords: Set<String> = words(
    """
    authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull
    join left like natural notnull outer overlaps right similar tablesample verbose
    """)

  /// Keywords that may name a column or a table without quotes, but not a function or a type.
  ///
  /// Source: `pg_get_keywords()`, category C, of PostgreSQL 15 to 18 together.
  static let columnNameWords: Set<String> = words(
    """
    between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping
    inout int integer interval json json_array json_arrayagg json_exists json_object json_objectagg
    json_query json_scalar json_serialize json_table json_value least merge_action national nchar none
    normalize nullif numeric out overlay position precision real row setof smallint substring time
    timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest
    xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
    """)

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
