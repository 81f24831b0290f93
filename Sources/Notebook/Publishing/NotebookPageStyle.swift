import Reports

/// What a notebook's page adds to the style of `HTMLPage`.
enum NotebookPageStyle {
  /// The style sheet. Its colours are those of `HTMLPage`.
  static let sheet = Markup(verbatim: [page, steps, figures, wide, print].joined(separator: "\n"))

  private static let page = """
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
    body { max-width: 62rem; line-height: 1.55; }
    a { color: var(--accent); text-underline-offset: .15em; }
    header { margin-bottom: 1.6rem; padding-bottom: 1.2rem; border-bottom: 1px solid var(--line); }
    h1 { font-size: 1.75rem; line-height: 1.25; margin: 0; text-wrap: balance; }
    h1, h2, h3, h4, h5, h6, dd, .prose, .line, .pause, .note, td, th { overflow-wrap: anywhere; }
    td, th { overflow-wrap: break-word; }
    dl { display: flex; flex-wrap: wrap; gap: .4rem 1.8rem; margin: .9rem 0 0; font-size: .92em; }
    dl div { display: flex; gap: .5rem; max-width: 100%; }
    dt { color: var(--faint); white-space: nowrap; }
    dd { margin: 0; min-width: 0; }
    nav { font-size: .92em; margin-bottom: 1.8rem; padding: .8rem 1rem; background: var(--shade);
      border: 1px solid var(--line); border-radius: 6px; }
    nav p { margin: 0 0 .3rem; font-weight: 600; }
    nav ul { list-style: none; margin: 0; padding: 0; }
    nav a { display: block; padding: .18rem 0; text-decoration: none; overflow-wrap: anywhere; }
    nav a:hover { text-decoration: underline; }
    .level-3 { padding-left: 1rem; }
    .level-4 { padding-left: 2rem; }
    main { min-width: 0; }
    main h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.4rem 0 .6rem; }
    main h3 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; }
    main h4, main h5, main h6 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
    main > :first-child, main > .prose:first-child > :first-child { margin-top: 0; }
    .prose > * { max-width: 44rem; }
    .prose > pre, .prose > table { max-width: 100%; }
    .prose table { display: block; overflow-x: auto; width: max-content; }
    .prose p, .prose ul, .prose ol { margin: .7rem 0; }
    .prose li { margin: .2rem 0; }
    .prose code { background: var(--shade); border: 1px solid var(--line); border-radius: 4px; padding: .05em .3em; }
    .prose pre code { background: none; border: 0; padding: 0; font-size: 1em; }
    .prose blockquote { margin: .8rem 0; padding: .1rem 1rem; border-left: 3px solid var(--line); color: var(--faint); }
    .prose hr { border: 0; border-top: 1px solid var(--line); margin: 1.6rem 0; }
    code { font-family: ui-monospace, monospace; font-size: .9em; }
    """

  private static let steps = """
    .step { margin: 1.1rem 0 1.5rem; }
    .typed { position: relative; }
    .command { margin: 0; padding: .6rem 3rem .6rem 4.6rem; border-left: 3px solid var(--accent);
      white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
    .command::before { content: "hypo>"; position: absolute; left: 1rem; color: var(--faint); user-select: none; }
    .command code { font-size: 1em; font-weight: 600; }
    .place { position: absolute; top: .6rem; right: .8rem; font-size: .8em; line-height: 1.6; color: var(--faint);
      text-decoration: none; user-select: none; }
    .place:hover { color: var(--accent); text-decoration: underline; }
    .results { padding-left: 1rem; border-left: 3px solid var(--line); }
    .step > .results { margin-top: .5rem; }
    .results > :first-child { margin-top: .2rem; }
    .results > :last-child { margin-bottom: .2rem; }
    .results .title { font-weight: 600; margin: .8rem 0 .2rem; }
    .results pre { margin: .5rem 0; line-height: 1.4; }
    .results pre.sql { overflow-wrap: anywhere; }
    .results td, .results th { padding: .22rem .8rem .22rem 0; font-size: .95em; }
    .results thead th { font-size: .88em; color: var(--faint); white-space: nowrap; vertical-align: bottom; }
    .results td.sql { min-width: 22rem; font-size: .85em; }
    .results td.text { min-width: 4rem; }
    .scroll { overflow-x: auto; }
    .scroll table { margin: .3rem 0 .6rem; }
    .note { margin: .5rem 0; max-width: 50rem; white-space: pre-wrap; }
    .guards { margin: 0 0 .3rem; }
    .guard { display: inline-block; font-size: .82em; line-height: 1.5; padding: 0 .55em; margin-right: .2em;
      border: 1px solid var(--faint); border-radius: 1em; color: var(--faint); }
    .line { margin: .45rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
    .line b { color: var(--faint); margin-right: .3em; }
    .line.held { border-left-color: var(--good); }
    .line.held b { color: var(--good); }
    .line.failed { border-left-color: var(--bad); }
    .line.failed b { color: var(--bad); }
    .line .value { color: var(--faint); }
    .line > .results { border-left: 0; padding-left: 0; }
    .pause { margin: 1rem 0; padding: .6rem 1rem; background: var(--shade); border: 1px solid var(--line);
      border-left: 3px solid var(--warning); border-radius: 6px; }
    .pause b { color: var(--warning); }
    .failure { padding-left: 1rem; border-left: 3px solid var(--warning); margin-top: .5rem; }
    .failure p { margin: .2rem 0; color: var(--warning); }
    .failure pre { margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    """

  /// A picture shrinks a little to fit; below that it scrolls in its figure.
  private static let figures = """
    .results figure { margin: .6rem 0; width: fit-content; max-width: 100%; border: 1px solid var(--line);
      border-radius: 6px; box-sizing: border-box; }
    .results figure svg { display: block; min-width: calc(var(--width) * .7); }
    summary { font-size: .9em; }
    """

  private static let wide = """
    @media screen and (min-width: 75rem) {
      body { max-width: 96rem; padding: 0 2rem; }
      .with-contents { display: grid; grid-template-columns: 15rem minmax(0, 1fr); column-gap: 3rem; }
      .with-contents header { grid-column: 1 / -1; }
      nav { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow-y: auto;
        background: none; border: 0; padding: 0; margin: 0; }
    }
    @media (max-width: 30rem) {
      body { margin-top: 1.2rem; }
      h1 { font-size: 1.4rem; }
      .command { padding-left: 1rem; padding-right: 2.4rem; }
      .command::before { position: static; margin-right: .6em; }
      .results, .line, .failure { padding-left: .7rem; }
    }
    """

  private static let print = """
    @media print {
      @page { margin: 16mm 14mm; }
      html { font-size: 12px; }
      body { margin: 0; padding: 0; max-width: none; font-size: 1rem; }
      nav { break-after: page; border: 0; padding: 0; }
      a { color: inherit; text-decoration: none; }
      .place { display: none; }
      h2, h3, h4, h5, h6, .title, .typed, .guards { break-after: avoid; }
      .line, .pause, .failure, .note, .typed { break-inside: avoid; }
      .scroll, .results figure { overflow: visible; }
      .results td, .results th { overflow-wrap: anywhere; }
      .results td.sql { min-width: 0; }
      .results figure svg { min-width: 0; max-height: 235mm; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      details { display: none; }
    }
    """
}
