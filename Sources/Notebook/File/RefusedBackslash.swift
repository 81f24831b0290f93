/// Backslash commands of psql that hypo does not run, each with the reason and the way that there is.
public struct RefusedBackslash: Sendable {
  /// The names, with the backslash.
  public var names: [String]
  /// Why not, to stand behind "cannot run NAME: ".
  public var reason: String
  /// hypo's way, or psql's.
  public var hint: String

  /// Source: psql's manual page, "Meta-Commands", of PostgreSQL 13 to 18.
  public static let all = [
    RefusedBackslash(
      names: ["\\!"], reason: "hypo runs no shell", hint: "use another terminal, or Ctrl-Z and fg"),
    RefusedBackslash(
      names: ["\\copy"], reason: "it moves raw rows between files and tables",
      hint: "a result goes into a file with > FILE.csv after its command; psql loads data"),
    RefusedBackslash(
      names: ["\\o", "\\out", "\\w", "\\write"], reason: "each command says where its own result goes",
      hint: "put > FILE after the command"),
    RefusedBackslash(
      names: ["\\set", "\\unset", "\\gset", "\\getenv", "\\setenv", "\\prompt"],
      reason: "hypo has no variables of psql",
      hint: "query NAME = SQL; names a statement, with (VALUE, …) gives values to its parameters"),
    RefusedBackslash(
      names: ["\\gexec"], reason: "it would run what a query returns",
      hint: "psql does; promote is hypo's way to an index"),
    RefusedBackslash(
      names: ["\\gx"], reason: "the form of results is a setting", hint: "set expanded on, then \\g"),
    RefusedBackslash(
      names: ["\\gdesc", "\\crosstabview"], reason: "hypo shows rows as they come", hint: "psql has it"),
    RefusedBackslash(
      names: ["\\bind", "\\bind_named", "\\parse", "\\close", "\\close_prepared"],
      reason: "hypo has no prepared statements of psql",
      hint: "explain SQL; with (VALUE, …) plans a statement with parameters"),
    RefusedBackslash(
      names: [
        "\\startpipeline", "\\endpipeline", "\\syncpipeline", "\\sendpipeline", "\\flush", "\\flushrequest",
        "\\getresults",
      ], reason: "hypo sends one statement at a time", hint: "psql has it"),
    RefusedBackslash(
      names: ["\\;"], reason: "hypo sends one statement at a time", hint: "give the next one on its own line"),
    RefusedBackslash(
      names: ["\\ef", "\\ev"], reason: "it changes what is in the database",
      hint: "\\sf and \\sv show a function or a view; psql edits them"),
    RefusedBackslash(
      names: ["\\password"], reason: "it changes a role", hint: "psql does"),
    RefusedBackslash(
      names: ["\\lo_import", "\\lo_export", "\\lo_unlink"], reason: "it moves large objects",
      hint: "psql does"),
    RefusedBackslash(
      names: ["\\if", "\\elif", "\\else", "\\endif"], reason: "scripts of hypo have no branches",
      hint: "expect ends a script when something does not hold"),
    RefusedBackslash(
      names: ["\\echo", "\\qecho", "\\warn"], reason: "scripts of hypo have no output of their own",
      hint: "prose of a notebook begins with # and is shown by replay"),
    RefusedBackslash(
      names: ["\\ir", "\\include_relative"],
      reason: "paths count from the folder in which hypo was started", hint: "\\i FILE, or run FILE"),
    RefusedBackslash(
      names: ["\\p", "\\print", "\\r", "\\reset"], reason: "hypo has no query buffer",
      hint: "the up arrow brings a statement back, edit opens it in an editor"),
    RefusedBackslash(
      names: ["\\a", "\\C", "\\f", "\\H", "\\html", "\\t", "\\T", "\\pset"],
      reason: "the form of results is a setting", hint: "set lists the settings; set format, set expanded"),
    RefusedBackslash(
      names: ["\\encoding"], reason: "hypo always speaks UTF-8",
      hint: "SHOW server_encoding; tells the server's"),
    RefusedBackslash(
      names: ["\\cd"], reason: "hypo stays in the folder in which it was started",
      hint: "paths may be absolute"),
    RefusedBackslash(
      names: ["\\errverbose"], reason: "hypo shows detail and hint with each error",
      hint: "the SQLSTATE follows the message"),
    RefusedBackslash(
      names: ["\\restrict", "\\unrestrict"], reason: "it belongs to dumps", hint: "psql restores dumps"),
  ]
}
