import Glibc
import TestSupport
import Testing

@testable import Shell

/// `run`, the commands of a file.
@Suite struct RunCommandTests {
  @Test func `a file that cannot be read is told`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "run") == """
        error: run needs a file
          run
             ^
        hint: usage: run FILE
        """)
    #expect(
      trial.screen(after: "run ~/nosuch.hypo") == """
        error: could not read "FOLDER/nosuch.hypo": there is no such file or folder
        hint: the path counts from the folder in which hypo was started
        """)
    #expect(
      trial.screen(after: "run ~") == """
        error: could not read "~": there is no such file or folder
        hint: the path counts from the folder in which hypo was started
        """)
    #expect(
      trial.screen(after: "run \(trial.folder.path)") == """
        error: could not read "FOLDER": it is a folder
        hint: name a file in it
        """)
    try trial.folder.write("show format\n", to: "secret.hypo")
    chmod("\(trial.folder.path)/secret.hypo", 0)
    #expect(
      try asNobody { trial.screen(after: "run ~/secret.hypo") } == """
        error: could not read "FOLDER/secret.hypo": permission denied
        hint: the user that started hypo needs the right to read it
        """)
  }

  @Test func `the commands run here, and what they set stays`() throws {
    let trial = try CommandTrial()
    try trial.folder.write("show format\nlet x = 5\n", to: "a.hypo")
    try trial.enter("run ~/a.hypo", "run '~/a.hypo';")
    #expect(trial.output == ["format  aligned", "x  5", "format  aligned", "x  5"])
    #expect(trial.screen(after: "expect :x = 5") == "ok  5 = 5  (5 and 5)")
  }

  @Test func `a failure is told with file and line`() throws {
    let trial = try CommandTrial()
    try trial.folder.write("show format\nshow nosuch\n", to: "a.hypo")
    try trial.folder.write("show format\nexplain @x\n", to: "b.hypo")
    try trial.folder.write("#: hypo 1\n#: nope\n", to: "c.hypo")
    try trial.folder.write("show format\nrun ~/d.hypo\n", to: "d.hypo")
    #expect(
      trial.screen(after: "run ~/a.hypo") == """
        error: ~/a.hypo:2: unknown setting "nosuch"
          show nosuch
               ^
        hint: settings: expanded, format, keep_literals, pager, plan_functions, prompt, timing; the server's settings are SQL: end with ;; nothing was run
        """)
    #expect(
      trial.screen(after: "run ~/b.hypo") == """
        error: ~/b.hypo:2: there is no query @x
          explain @x
                  ^
        hint: top gives numbers to queries, query NAME = SQL; gives a name
        """)
    #expect(
      trial.screen(after: "run ~/c.hypo") == """
        error: ~/c.hypo:2: unknown header "nope"
          #: nope
             ^
        hint: headers: hypo, title, ticket, requires, connect, parameter, tolerance; nothing was run
        """)
    #expect(
      trial.screen(after: "run ~/d.hypo") == """
        error: ~/d.hypo:2: "~/d.hypo" is running already
        hint: a file must not run itself
        """)
  }
}
