import IndexDesign
import Testing

@Suite struct SQLLexerTests {
  private func words(_ text: String) -> [String] {
    let lexer = SQLLexer(text)
    return lexer.tokens.map { lexer.text(of: $0.range) }
  }

  @Test(arguments: [
    ("select a,b from t", ["select", "a", ",", "b", "from", "t"]),
    ("a.b::int[1]", ["a", ".", "b", "::", "int", "[", "1", "]"]),
    ("'it''s' E'a\\'b' e'\\\\' 'a\\' x", ["'it''s'", "E'a\\'b'", "e'\\\\'", "'a\\'", "x"]),
    (
      "b'01' X'ff' n'x' u&'\\0061' U&\"a\"\"b\" u & 1",
      ["b'01'", "X'ff'", "n'x'", "u&'\\0061'", "U&\"a\"\"b\"", "u", "&", "1"]
    ),
    ("'a'\n  'b' 'c'", ["'a'\n  'b'", "'c'"]),
    ("E'a' -- no\n'\\''", ["E'a' -- no\n'\\''"].map { $0 == "" ? "" : $0 }),
    ("$$a;b$$ $x$ $$ $x$ $1 $12a a$1", ["$$a;b$$", "$x$ $$ $x$", "$1", "$12", "a", "a$1"]),
    (
      "1 1.5 .5 1e5 1e-5 1e 1..2 0xFF 1_000",
      ["1", "1.5", ".5", "1e5", "1e-5", "1", "e", "1", "..", "2", "0xFF", "1_000"]
    ),
    ("a->>'b' @> c #> d", ["a", "->>", "'b'", "@>", "c", "#>", "d"]),
    (
      "a=-1 a@-1 a<>-+1 2*-1",
      ["a", "=", "-", "1", "a", "@-", "1", "a", "<>", "-", "+", "1", "2", "*", "-", "1"].filter {
        !$0.isEmpty
      }
    ),
    ("a--b\nc/*d/*e*/f*/g", ["a", "c", "g"]),
    ("a+--b\n+/*c*/-", ["a", "+", "+", "-"]),
    ("größe _x", ["größe", "_x"]),
    ("f(x => 1, y := 2)", ["f", "(", "x", "=>", "1", ",", "y", ":=", "2", ")"]),
  ])
  func `text is split as PostgreSQL splits it`(text: String, expected: [String]) {
    #expect(words(text) == expected)
  }

  @Test func `each kind of token is told`() {
    let lexer = SQLLexer("a \"b\" 'c' $$d$$ 1 $2 + ( \\")
    #expect(
      lexer.tokens.map(\.kind) == [
        .word, .quotedIdentifier, .string, .dollarString, .number, .parameter, .operator, .punctuation,
        .unknown,
      ])
    #expect(SQLLexer("a -- b\n/* c */").comments == [2..<6, 7..<14])
  }

  @Test(arguments: [
    ("select 'a", OpenConstruct.string(at: 7)), ("select E'a\\'", .string(at: 7)),
    ("x \"a", .quotedIdentifier(at: 2)),
    ("x $t$ a $$", .dollarQuote(tag: "t", at: 2)), ("$$", .dollarQuote(tag: "", at: 0)),
    ("x /* a /* b */", .comment(at: 2)), ("/*", .comment(at: 0)), ("U&\"x", .quotedIdentifier(at: 0)),
  ])
  func `what has no end is told and ends with the text`(text: String, open: OpenConstruct) {
    let lexer = SQLLexer(text)
    #expect(lexer.open == open)
    #expect(lexer.tokens.allSatisfy { $0.range.upperBound <= text.utf8.count })
  }

  @Test func `no bytes make it fail, and tokens never overlap`() {
    var state: UInt64 = 7
    let alphabet = Array("a1$'\"\\;()-/*+.:e&uU\n é".unicodeScalars)
    for _ in 0..<2_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int((state >> 33) % UInt64(alphabet.count))])
      }
      let sample = String(text)
      var place = 0
      for token in SQLLexer(sample).tokens {
        #expect(token.range.lowerBound >= place && !token.range.isEmpty, "\(sample.debugDescription)")
        place = token.range.upperBound
      }
      #expect(place <= sample.utf8.count)
    }
  }
}
