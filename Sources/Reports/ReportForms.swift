/// The forms that reports are written in, for a screen or standard output; `FileForm` has those of files.
public enum ReportForms {
  /// For a person's eyes.
  ///
  /// - Parameter colour: whether the text has attributes.
  public static func screen(_ renderer: ScreenRenderer, colour: Bool) -> any ReportForm {
    ScreenForm(renderer, colour: colour)
  }

  /// For programs: one object a report, each on a line.
  public static var json: any ReportForm { JSONForm() }

  /// For spreadsheets: the tables of all reports, a blank line between them.
  public static var csv: any ReportForm { CSVForm(isFile: false) }

  /// For tickets and notebooks.
  public static var markdown: any ReportForm { MarkdownForm() }

  /// For browsers: one page.
  ///
  /// - Parameter title: what the page is called, as plain text.
  public static func html(title: String) -> any ReportForm { HTMLForm(title: title) }
}
