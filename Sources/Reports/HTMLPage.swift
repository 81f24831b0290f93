/// One HTML page that needs nothing else: no network, no script; light or dark as the reader likes it.
///
/// The page's parts come from `HTMLBlocks`, and for notebooks from `NotebookPage`.
public enum HTMLPage {
  /// Everything above the first part.
  ///
  /// - Parameters:
  ///   - title: what the page is called, as plain text.
  ///   - sheets: style sheets of parts that only some pages have.
  public static func head(title: String, sheets: [Markup] = []) -> Markup {
    let lines: [Markup] = [
      .open("html", ["lang": "en"]), .open("head"), .open("meta", ["charset": "utf-8"]),
      .open("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .open("meta", ["name": "color-scheme", "content": "light dark"]),
      .open(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content": "default-src 'none'; style-src 'unsafe-inline'",
        ]),
      .element("title", Markup(title)),
      .element("style", .line, ([Markup(verbatim: style)] + sheets).joined(separator: .line), .line),
      .close("head"),
      .open("body"), "",
    ]
    return .doctype + lines.joined(separator: .line)
  }

  /// Everything below the last part.
  public static let foot: Markup = .close("body") + .line + .close("html") + .line

  /// The colours keep a contrast of 4.5 to 1 in both schemes.
  private static let style = """
    :root { --ink: #1f2328; --paper: #ffffff; --faint: #59636e; --line: #d1d9e0; --shade: #f6f8fa;
      --good: #116329; --bad: #b42318; --warning: #8a4600; --accent: #0550ae; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --paper: #0d1117; --faint: #9198a1; --line: #3d444d; --shade: #161b22;
        --good: #57d364; --bad: #ff7b72; --warning: #e3b341; --accent: #79c0ff; }
    }
    @media print {
      :root { --ink: #000000; --paper: #ffffff; --faint: #444444; --line: #999999; --shade: #ffffff;
        --good: #116329; --bad: #b42318; --warning: #8a4600; --accent: #0550ae; }
      thead { display: table-header-group; }
      tr, figure { break-inside: avoid; }
    }
    body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, sans-serif; }
    article { overflow-x: auto; }
    article + article { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 1rem; }
    h2 { font-size: 1.1rem; margin: 1.2rem 0 .4rem; }
    table { border-collapse: collapse; margin: .6rem 0; }
    th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: left;
      vertical-align: top; white-space: pre-wrap; }
    thead th { border-bottom: 2px solid var(--line); }
    .fields th { font-weight: normal; color: var(--faint); padding-left: 0; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .fields .number { text-align: left; }
    .sql, .handle, pre { font-family: ui-monospace, monospace; font-size: .9em; }
    pre { background: var(--shade); border: 1px solid var(--line); border-radius: 6px; padding: .8rem;
      overflow-x: auto; }
    pre.sql { white-space: pre-wrap; }
    .handle { color: var(--accent); white-space: nowrap; }
    .missing, .remark, .hint { color: var(--faint); }
    .good { color: var(--good); font-weight: 600; }
    .bad { color: var(--bad); font-weight: 600; }
    .warning { color: var(--warning); }
    figure { margin: 1rem 0; overflow-x: auto; }
    summary { color: var(--faint); cursor: pointer; }
    """
}
