import Testing

@testable import Shell

/// `set`, the settings of this shell.
@Suite struct SetCommandTests {
  @Test func `all settings are listed, and a name shows one`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "set") == """
        name           | value                                                                               | values                                       | summary
        ---------------+-------------------------------------------------------------------------------------+----------------------------------------------+----------------------------------------------------------------------
        expanded       | auto                                                                                | on, off, auto                                | rows as records, a line a value
        format         | aligned                                                                             | aligned, expanded, json, csv, markdown, html | the form of results
        keep_literals  | off                                                                                 | on, off                                      | the ledger keeps the constants of a change's query
        pager          | on                                                                                  | text                                         | what shows long results: on, off or a command
        plan_functions | warn                                                                                | warn, refuse                                 | what to do when planning can run functions that hypo cannot vouch for
        prompt         | hypo {production} {database}{@target} {(role)} {transaction} {designs} {recording}> | text                                         | what comes before the line that is typed
        timing         | off                                                                                 | on, off                                      | the time of each command
        """)
    #expect(trial.screen(after: "set format") == "format  aligned")
    #expect(trial.screen(after: "set pager 'less -S'") == "pager  less -S")
    #expect(trial.screen(after: "set pager") == "pager  less -S")
    #expect(trial.screen(after: "set expanded \"auto\"") == "expanded  auto")
    #expect(
      trial.screen(after: "set timing = true") == """
        timing  on
        time: ~
        """)
    #expect(trial.screen(after: "set timing to off") == "timing  off")
    #expect(trial.screen(after: "set expanded = on") == "expanded  on")
  }

  @Test func `what is no setting or no value is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "set nosuch") == """
        error: unknown setting "nosuch"
          set nosuch
              ^
        hint: settings: expanded, format, keep_literals, pager, plan_functions, prompt, timing; the server's settings are SQL: end with ;
        """)
    #expect(
      trial.screen(after: "set formt") == """
        error: unknown setting "formt"
          set formt
              ^
        hint: did you mean "format"?
        """)
    #expect(
      trial.screen(after: "set format json csv") == """
        error: unexpected "csv"
          set format json csv
                          ^
        hint: format takes one value: aligned, expanded, json, csv, markdown, html
        """)
    #expect(
      trial.screen(after: "set format jsn") == """
        error: format cannot be "jsn"
          set format jsn
                     ^
        hint: did you mean "json"? one of: aligned, expanded, json, csv, markdown, html
        """)
    #expect(
      trial.screen(after: "set format xml") == """
        error: format cannot be "xml"
          set format xml
                     ^
        hint: one of: aligned, expanded, json, csv, markdown, html
        """)
    #expect(
      trial.screen(after: "set timing perhaps") == """
        error: timing cannot be "perhaps"
          set timing perhaps
                     ^
        hint: one of: on, off
        """)
    #expect(
      trial.screen(after: "set prompt '{nope}'") == """
        error: unknown placeholder "{nope}"
          set prompt '{nope}'
                       ^
        hint: placeholders: production, database, target, user, host, port, role, transaction, designs, recording
        """)
    #expect(
      trial.screen(after: "set prompt 'x") == """
        error: the quote is not closed
          set prompt 'x
                     ^
        hint: a value that begins with a quote ends with one
        """)
    #expect(
      trial.screen(after: "set prompt 'a' b") == """
        error: unexpected text after the closing quote
          set prompt 'a' b
                        ^
        hint: inside quotes a quote is written twice
        """)
  }
}
