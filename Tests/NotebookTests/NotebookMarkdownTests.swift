import IndexDesign
import Reports
import Testing

@testable import Notebook

@Suite struct NotebookMarkdownTests {
  private func text(_ document: NotebookDocument) throws -> String {
    var text = ""
    try NotebookMarkdown(document).write { text += $0 }
    return text
  }

  @Test func `Markdown has a head, prose as it is, fences, tables and lists`() throws {
    let document = NotebookDocument(
      title: "A *b*", facts: [.init(name: "ticket", value: "CHG-1")],
      parts: [
        .prose("## One\n\n*text*", line: 3),
        .step(
          .init(
            command: "top", guards: ["aurora", "!standby"], results: [Report("x", [Walkthrough.table])])),
        .step(.init(command: "expect cost @1 < 5", kind: .expectation(.held))),
        .step(.init(command: "let n = a|b", kind: .capture(.integer(7)))),
        .step(.init(command: "pause", kind: .pause("go on?"))),
        .step(.init(command: "SELECT 1;", isSQL: true, failure: Failure(.script, "no", hint: "yes"))),
        .prose("```\nopen", line: 20), .step(.init(command: "diff")),
      ])
    #expect(
      try text(document) == """
        # A \\*b\\*

        - **ticket:** CHG-1

        ## One

        *text*

        *if aurora, unless standby:*

        ```text
        top
        ```

        **Rows**

        | query | total\\|time | text |
        | --- | --: | --- |
        | `@1` | 1.2 s | `SELECT 'a\\|b', "x" <b>` |
        | `@2` | – | \\*a\\* \\_b_ c_d `@team` x@y.z |

        - ✓ holds: `cost @1 < 5`
        - `let n = a|b` is 7

        > **Pause.** go on?

        ```sql
        SELECT 1;
        ```

        ✗ fails, as the next step expects:

        ```text
        error: no
        hint: yes
        ```

        ```
        open
        ```

        ```text
        diff
        ```

        """)
  }

  @Test func `no fence ends before its text does, and a list's item is one line`() throws {
    let text = try text(
      NotebookDocument(parts: [
        .step(.init(command: "top\n````\n# x")),
        .step(.init(command: "expect a\n\n# `b", kind: .expectation(.failed))),
      ]))
    #expect(text == "`````text\ntop\n````\n# x\n`````\n\n- ✗ does not hold: ``a # `b``\n")
  }
}
