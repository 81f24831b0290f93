/// Something that help explains besides the commands.
struct HelpTopic: Sendable {
  /// The word behind `help`.
  var name: String
  /// Other words for it.
  var others: [String] = []
  /// One line, without a full stop.
  var summary: String
  /// Sentences; each element is a paragraph.
  var paragraphs: [String]
  /// Whole commands that can be typed; each is run by a test.
  var examples: [String]

  /// The topic of a word; nil when there is none.
  static func find(_ word: String) -> HelpTopic? {
    all.first { $0.name == word || $0.others.contains(word) }
  }

  /// Every topic, in the order in which help lists them.
  static let all = [
    HelpTopic(
      name: "handles", summary: "the names @1, %1 and change 1",
      paragraphs: [
        """
        @1 and @name are queries: top gives numbers, query NAME = SQL; gives names. %1 is an index design, through its \
        whole life: proposed, hypothetical, promoted, rolled back. change 1 is a change to the database; the ledger \
        keeps it across sittings. A plain name is a relation, an index or a schema of the server.
        """,
        """
        A number is never used twice in a sitting. What can only mean one thing may be left out: bare explain and diff \
        take the last query, promote the only hypothetical design.
        """,
      ], examples: ["show @1", "show %1", "explain @recent"]),
    HelpTopic(
      name: "plans", summary: "how to read what explain and diff show",
      paragraphs: [
        """
        A plan is a tree: the upper node reads what the nodes below it give. The numbers are the planner's estimates: \
        total cost, rows, width of a row in bytes. A cost has no unit of time; it compares plans of one server. Nothing \
        is executed.
        """,
        """
        With hypothetical designs explain shows two plans, without and with them, and says of each design whether it is \
        used. diff matches the two node by node and gives a verdict. Parameters $1 … get their values by with (…); \
        without values it is the generic plan, for any value.
        """,
      ], examples: ["explain @recent", "diff"]),
    HelpTopic(
      name: "sql", summary: "what SQL does here",
      paragraphs: [
        """
        A line that begins with an SQL keyword and ends in ; goes to the server, to look only: SELECT, WITH, VALUES, \
        TABLE, SHOW, SET and RESET of planner and display settings, and transactions. It runs in a read-only \
        transaction with time-outs. Everything else is refused; promote makes indexes.
        """,
        """
        show, set and rollback are SQL when the line ends in ; and commands of hypo when it does not. explain is always \
        hypo's and never executes. SQL goes on over several lines to its semicolon.
        """,
      ], examples: ["select count(*) from orders;", "show work_mem;"]),
    HelpTopic(
      name: "backslash", others: ["psql"], summary: "what fingers know from psql",
      paragraphs: [
        """
        \\d and every other describing command of psql (\\dt \\di+ \\l \\z \\sf \\sv \\h \\conninfo …) is run by psql itself: \
        on a connection of its own, by the same parameters, search path and time-outs, in a read-only transaction, \
        without psqlrc. A typed password goes to psql in its environment, never in its arguments. Backticks, a second \
        command and pipes are refused, because psql would run programs.
        """,
        """
        hypo's own: \\q quits, \\x turns expanded rows on and off, \\timing tells times, \\watch N repeats the last \
        command, \\g runs it again, \\i FILE runs a file, \\e edits, \\s lists the history, \\c connects, \\? is help. The \
        others are refused with the reason and the way that there is.
        """,
      ], examples: ["\\d orders", "\\di+", "\\x"]),
    HelpTopic(
      name: "keys", summary: "the keys of the prompt",
      paragraphs: [
        """
        Tab completes. Up and down bring back what was typed before, Ctrl-R searches it. Ctrl-C clears the line, and \
        cancels what runs on the server. Ctrl-D on an empty line leaves; while a change runs it asks first. Home, End, \
        Ctrl-A, Ctrl-E, Ctrl-K, Ctrl-U and the other keys of emacs edit the line; bind -v in ~/.editrc gives vi's.
        """,
        """
        A line goes on while a parenthesis or a quote is open, or when it ends with a backslash; the prompt shows what \
        is open. A pasted block goes in as it is and runs as one.
        """,
      ], examples: ["history 5"]),
    HelpTopic(
      name: "formats", summary: "the forms of results",
      paragraphs: [
        """
        set format, or --format on the command line, chooses the form. aligned is for people: numbers are rounded and \
        have units. json is for programs: one document a command, numbers exact. set expanded on writes rows as \
        records, a line a value.
        """
      ], examples: ["set format json", "set expanded on"]),
    HelpTopic(
      name: "notebooks", others: ["notebook", "scripts"],
      summary: "files of commands, prose and expectations",
      paragraphs: [
        """
        A notebook is a file of what a person would type, with prose behind # between the commands. A line that begins \
        with a blank goes on with the command above it; lines that begin with | are output that was recorded and are \
        passed over. expect says what must hold.
        """,
        """
        hypo replay FILE shows the prose and runs the commands before a reader's eyes; run FILE does so in this sitting, \
        and hypo -f FILE as a script. The first failure ends it and is told with file and line.
        """,
      ], examples: ["expect cost @recent < 100000000", "expect role primary"]),
    HelpTopic(
      name: "configuration", others: ["config", "settings"], summary: "what can be set, and where",
      paragraphs: [
        """
        set lists the settings of this sitting and changes them. Connections follow libpq: PG* variables, the service \
        file and the password file. hypo(1) tells of the files that hypo reads; --no-rc leaves the configuration out.
        """
      ], examples: ["set", "set timing off"]),
  ]
}
