import Notebook
import Reports

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
        keeps it across sessions. A plain name is a relation, an index or a schema of the server.
        """,
        """
        A number is never used twice in a session. What can only mean one thing may be left out: bare explain and diff \
        take the last query, promote the only hypothetical design.
        """,
      ], examples: ["show @1", "show %1", "explain @recent"]),
    HelpTopic(
      name: "plans", summary: "how to read what explain and diff show",
      paragraphs: [
        """
        A plan is a tree: the upper node reads what the nodes below it give. The numbers are the planner's estimates: \
        total cost, rows, width of a row in bytes. A cost has no unit of time; it compares plans of one server. The cost \
        of a node includes those below it. Below Gather and Gather Merge rows and cost are those of one process, and on \
        the inner side of a Nested Loop those of one loop. Nothing is executed.
        """,
        """
        With hypothetical designs explain shows two plans, without and with them, and says of each design whether it is \
        used; if not, what beat it and by how much, or why it cannot serve the statement and what would. diff matches \
        the two node by node and gives a verdict. Parameters $1 … get their values by with (…); \
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
        > FILE.txt after it writes a file. hypo's own: \\q quits, \\x turns expanded rows on and off, \\x auto \
        leaves it to the width, \\timing tells times, \\watch N repeats the last \
        command, \\g runs it again, \\i FILE runs a file, \\e edits, \\s lists the history, \\c connects, \\? is help. The \
        others are refused with the reason and the way that there is.
        """,
      ], examples: ["\\d orders", "\\di+", "\\x"]),
    HelpTopic(
      name: "keys", summary: "the keys of the prompt",
      paragraphs: [
        """
        Tab completes; a second Tab lists what may come. Dim text after the cursor is a hint: what a command still takes, \
        or the newest line of the history that begins so. Right arrow takes it; \
        it never runs unless it was taken.
        """,
        """
        Up and down bring back what was typed before; inside an entry of several lines they go from line to line first. \
        Ctrl-R searches the history, and history lists it. Home, End, Ctrl-A, Ctrl-E, Ctrl-K, Ctrl-U and the other keys of \
        emacs edit the line; bind -v in ~/.editrc gives vi's. edit opens the last command in an editor.
        """,
        """
        Ctrl-C clears the line, and cancels what runs on the server. Ctrl-Z stops hypo, and fg of the shell goes on. Ctrl-D \
        on an empty line leaves; while a change runs it asks first.
        """,
        """
        A line goes on while a parenthesis or a quote is open, or when it ends with a backslash; the prompt shows what \
        is open. A pasted block goes in as it is and runs as one.
        """,
      ], examples: ["history 5"]),
    HelpTopic(
      name: "formats", others: ["output"], summary: "the forms of results, files and the pager",
      paragraphs: [
        """
        set format, or --format on the command line, chooses the form. aligned and expanded are for people: numbers are \
        rounded and have units; expanded writes a row as a record, a line a value. json is one document a command, csv the \
        rows alone, markdown and html are for texts and pages; in json and csv numbers and times are exact.
        """,
        """
        A last > FILE writes a command's result to a file, in the form of its ending: .txt .md .html .json .csv, or .svg, \
        which is the drawing of a plan or of a difference of plans. Behind SQL it follows the semicolon: before it a > \
        compares. Where > x.csv could be a comparison as well, as at the end of a condition of hypo add, parentheses say \
        which. A file that exists is replaced by >! FILE only, and a command that fails writes none. A file with a plan or a difference of plans \
        carries the statement, too, and the definition of every design that it names; in .csv they are columns.
        """,
        """
        Rows that do not fit the screen are shown as records; set expanded on or off decides it for all, and \\x turns it. A \
        result that is longer than the screen goes through the pager: PAGER, else less; set pager off shows it at once. set \
        timing on tells the time of each command, the server's part and hypo's apart.
        """,
      ],
      examples: [
        "set format json", "show plan @recent > plan.svg", "diff > diff.html",
        "select * from orders; > orders.csv",
        "set expanded auto", "set pager off",
      ]),
    HelpTopic(
      name: "notebooks", others: ["notebook", "scripts", "replay", "render"],
      summary: "files of commands, prose, expectations and results",
      paragraphs: [
        """
        A notebook is a file of what a person would type, with prose after # between the commands. A line that begins \
        with a blank goes on with the command above it; lines that begin with | are what a command gave when it was \
        recorded. record FILE writes one while you work, and record off ends it.
        """,
        """
        hypo replay FILE shows the prose and runs the commands before a reader's eyes. --verify compares what comes with \
        what was recorded and tells a line a step: ok, DRIFT or FAIL; --strict makes a drift a failure, --bless takes what \
        comes as the new record. --step is a lesson in which you type the commands, --dry-run only shows what would be \
        sent. The first failure ends a notebook, and its message names file and line; on-fail decides otherwise.
        """,
        """
        run FILE runs the commands in this session, and hypo -f FILE as a script. hypo render FILE -o OUT.html makes one \
        page of it that needs nothing else: contents, prose, commands, tables and pictures of plans, for a screen or for \
        paper. OUT.md is the same as Markdown. No server is asked. hypo-notebook(5) has the whole format.
        """,
      ], examples: ["expect cost @recent < 100000000", "expect role primary"]),
    HelpTopic(
      name: "predicates", others: ["predicate", "expectations"], summary: "what expect can say",
      paragraphs: [
        """
        Of a plan, which is asked for anew: cost @n < N; cost @n drops >= N%, compared with the plan without the active \
        designs; plan @n uses index %n or an index's name; plan @n has "Index Scan"; plan @n lacks Sort; no seq scan on \
        TABLE, in the plan of the last query; no regression, of every query with a \
        handle; no regression allowing N unplanned lets so many of them be without a plan.
        """,
        """
        Of the server: index NAME valid; no index NAME; role primary or standby. Of the command before: error CODE, which \
        is the only way for a failure to be right. Of values: VALUE < VALUE, as in :after < :before or, with a path into the \
        result before, statements[1].calls > 100. All comparisons know < <= > >= = and <>.
        """,
      ],
      examples: [
        "expect plan @recent lacks \"Merge Join\"", "expect no index orders_total_idx",
        "expect rows @recent >= 1",
      ]),
    HelpTopic(
      name: "values", others: ["captures", "parameters", "variables"],
      summary: "let, parameters, and how they are used",
      paragraphs: [
        """
        let NAME = VALUE keeps a number, a 'text', cost @n, rows @n, size %n, name %n, change, or a value of the result of \
        the command before: statements[1].calls, index."index scans since". A header of a notebook, such as #: parameter \
        table "Which table?" = orders, asks for one before the first command; hypo replay --set table=orders gives it.
        """,
        """
        A later command uses it as in psql: :NAME as it is, :'NAME' as an SQL string, :"NAME" as an identifier; never inside \
        of quotes or after another colon. A name that was never set is an error.
        """,
      ], examples: ["let before = cost @recent", "let limit = 100"]),
    HelpTopic(
      name: "guards", others: ["guard", "requires"], summary: "commands of a notebook for some servers only",
      paragraphs: [
        """
        [postgresql>=16] in front of a command runs it only where that holds, [!standby] only where it does not; several \
        may follow one another. The names are aurora, primary or writer, standby or reader, production, sandbox, \
        postgresql, hypopg and pg_stat_statements, the last three with a version when one is wanted.
        """,
        """
        The header #: requires takes the same conditions without brackets. The first that does not hold ends the run before \
        any command.
        """,
      ], examples: ["expect role primary"]),
    HelpTopic(
      name: "tolerances", others: ["tolerance", "drift", "verification"],
      summary: "when a result is still the recorded one",
      paragraphs: [
        """
        hypo replay --verify compares by type. Costs and rows may be 1 % off, sizes 5 %, shares one percentage point, times \
        as much as they like; other numbers, names, SQL and the steps of a plan must be the same. Points in time, and what \
        is marked with ~, are not compared, nor are numbers inside of sentences.
        """,
        """
        A header sets another bound: #: tolerance cost 25%, #: tolerance rows any, #: tolerance count 2. The kinds are \
        cost, rows, size, time, count and share. | ... stands for any lines of a record, and | ~ REGEX for one that matches.
        """,
      ], examples: ["record"]),
    HelpTopic(
      name: "evidence", others: ["audit"], summary: "the record that a run leaves, and how it is checked",
      paragraphs: [
        """
        A replay that may change a database, and any with --evidence FILE, leaves a file of JSON lines: FILE, or a new one \
        in ~/.local/state/hypo/evidence, or in hypo/evidence below XDG_STATE_HOME. It says who ran which notebook from \
        where, the server, each command with its times and outcome, the SQL that was sent, plans before and after, the \
        change in the ledger, the end. Only its owner may read it; times are UTC.
        """,
        """
        A line is {"sha256": …, "record": …}: the hash is of the record's bytes as they are, and each record names \
        the hash of the line before. hypo evidence check FILE, on the command line, follows that chain without any server. \
        It tells the first line that was changed, removed, inserted or moved, with exit status 3; exit status 0 says that \
        no line was touched.
        """,
        """
        Nobody can see from a chain alone that lines are missing at its end, or that all of it was written anew. So keep \
        the last hash, which the check shows, in another place, such as the ticket.
        """,
      ], examples: ["changes"]),
    HelpTopic(
      name: "configuration", others: ["config", "settings", "targets"], summary: "what can be set, and where",
      paragraphs: [
        """
        set lists the settings of this session and changes them. The file ~/.config/hypo/config, or hypo/config below \
        XDG_CONFIG_HOME, keeps them: lines of name = value. --no-rc leaves the file out. On a wrong line hypo does not \
        start, and says which one it is.
        """,
        """
        After the settings the file names servers: a line [target staging], and below it conninfo = service=staging. \
        connect staging and hypo staging use it. production = true puts the word PRODUCTION in red before the prompt, and a \
        person has to confirm each change and to answer each pause: --yes does not. \
        change-window = Mon-Fri 22:00-04:00 Europe/Berlin says when changes may be made, promote = refuse forbids them, and \
        measure = allow or refuse decides about measuring. What these refuse --yes does not override; rollback is always \
        allowed.
        """,
        """
        Connections follow libpq: PG* variables, the service file and the password file. hypo(1) has the whole grammar.
        """,
      ], examples: ["set", "set timing off", "set prompt '{database}{@target} {designs}> '"]),
  ]
}
