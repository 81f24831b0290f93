/// Identifiers as EXPLAIN's text format writes them.
enum PlanIdentifier {
  /// The name, in double quotes where PostgreSQL would need them to read it back, on one line: a line break in it, which
  /// would break trees, tables and sentences alike, is written `\n`, other control characters `\x1B`.
  ///
  /// Source: `quote_identifier` in PostgreSQL's `ruleutils.c`.
  static func quoted(_ name: String) -> String {
    guard !isPlain(name) || reserved.contains(Substring(name)) else { return name }
    var result = "\""
    for character in name.unicodeScalars {
      if character == "\"" { result.unicodeScalars.append(character) }
      if let escape = escape(of: character) {
        result += escape
      } else {
        result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }

  private static func escape(of character: Unicode.Scalar) -> String? {
    guard character.properties.generalCategory == .control else { return nil }
    switch character {
    case "\n": return #"\n"#
    case "\r": return #"\r"#
    default:
      return #"\x"# + (character.value < 16 ? "0" : "") + String(character.value, radix: 16, uppercase: true)
    }
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) else { return false }
    return name.utf8.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  /// Every keyword that is not unreserved, of PostgreSQL 15.
  ///
  /// Source: `pg_get_keywords()`, `catcode` other than `U`.
  private static let reserved: Set<Substring> = Set(
    """
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean \
    both case cast char character check coalesce collate collation column concurrently constraint \
    create cross current_catalog current_date current_role current_schema current_time \
    current_timestamp current_user dec decimal default deferrable desc distinct do else end except \
    exists extract false fetch float for foreign freeze from full grant greatest group grouping having \
    ilike in initially inner inout int integer intersect interval into is isnull join lateral leading \
    least left like limit localtime localtimestamp national natural nchar none normalize not notnull \
    null nullif numeric offset on only or order out outer overlaps overlay placing position precision \
    primary real references returning right row select session_user setof similar smallint some \
    substring symmetric table tablesample then time timestamp to trailing treat trim true union unique \
    user using values varchar variadic verbose when where window with xmlattributes xmlconcat \
    xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
    """.split(separator: " "))
}
