import Foundation
import Notebook
import Reports
import Storage

/// `hypo render FILE -o OUT`: a notebook as a file for those who have no hypo.
struct Publication {
  /// The forms that a notebook is published in, by the endings of files.
  enum Form: String, CaseIterable {
    case md, html
  }

  /// The notebook's name, as it was typed.
  let file: String
  /// The name of what is written, as it was typed.
  let output: String
  /// The home folder, for `~`; nil when none is known.
  let home: String?
  private let form: Form

  /// Chooses the form by the ending of `output`.
  ///
  /// - Throws: `Failure` when the ending stands for none, or the notebook itself would be written over.
  init(file: String, output: String, home: String?) throws(Failure) {
    (self.file, self.output, self.home) = (file, output, home)
    guard let form = Form(rawValue: (output as NSString).pathExtension.lowercased()) else {
      throw Failure(
        .script, "cannot render to \"\(output)\": its ending names no form",
        hint: "a notebook has the forms " + Form.allCases.map { ".\($0.rawValue)" }.joined(separator: " "))
    }
    self.form = form
    if Self.real(file.withHome(home)) == Self.real(output.withHome(home)) {
      throw Failure(
        .script, "cannot render to \"\(output)\": it is the notebook itself", hint: "name another file")
    }
  }

  /// Writes the file, whole or not at all.
  ///
  /// - Returns: what could not be shown as it was meant, by the lines of the notebook.
  /// - Throws: `Failure` when the file cannot be written.
  func write(_ document: NotebookDocument) throws -> [NotebookWarning] {
    let path = output.withHome(home)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
      let attributes = try? FileManager.default.attributesOfItem(atPath: Self.real(path))
      guard attributes?[.type] as? FileAttributeType == .typeRegular else {
        throw Failure(.script, "could not write \"\(output)\": it is no file", hint: "name a file")
      }
    }
    let target = try NamedFile.replaced(output, home: home)
    var warnings = document.unrecordedSteps
    switch form {
    case .md: try NotebookMarkdown(document).write(to: target.write)
    case .html:
      let page = NotebookPage(document)
      warnings += page.warnings
      try page.write(to: target.write)
    }
    try target.finish()
    return warnings.sorted { $0.line < $1.line }
  }

  /// The path of the file that a path leads to.
  static func real(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}
