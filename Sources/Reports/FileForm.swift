/// The forms of files, by their endings.
public enum FileForm: String, CaseIterable, Sendable {
  case txt, md, html, json, csv, svg

  /// Writes reports in this form.
  ///
  /// - Parameter title: what a page is called.
  public func form(title: String) -> any ReportForm {
    switch self {
    case .txt: ScreenForm(ScreenRenderer(width: nil), colour: false)
    case .md: MarkdownForm()
    case .html: HTMLForm(title: title)
    case .json: JSONForm()
    case .csv: CSVForm(isFile: true)
    case .svg: SVGForm()
    }
  }

  /// The endings of files that can hold a report.
  public static func fitting(_ report: Report) -> [FileForm] {
    allCases.filter { form in
      switch form {
      case .txt, .md, .html, .json: true
      case .csv: CSVForm.tables(report).count == 1
      case .svg: report.blocks.contains(where: \.isPlan)
      }
    }
  }

  /// Why a report cannot be written in this form, and in which it can.
  public func failure(_ report: Report, _ why: String) -> Failure {
    Failure(
      .script, why,
      hint: "this result has the forms "
        + Self.fitting(report).map { ".\($0.rawValue)" }.joined(separator: " "))
  }
}
