import Notebook
import Reports
import Terminal

extension ShellProgram {
  /// Publishes a notebook as Markdown or as an HTML page; the ending of `output` chooses. No server is asked.
  ///
  /// - Returns: the exit status.
  public func render(file: String, output: String) -> Int32 {
    local { loop, home in
      do {
        let publication = try Publication(file: file, output: output, home: home)
        let document: NotebookDocument
        do { document = NotebookDocument(try Notebook(bytes: InputFile.read(file))) } catch let error
          as Notebook.ParseError
        {
          loop.complain(error.failure, origin: .init(file: file, line: error.line))
          return error.failure.status
        }
        let warnings = try publication.write(document)
        loop.console.complain(
          warnings.map {
            StyledText("warning: ", .warning) + StyledText("\(file):\($0.line): \($0.text)")
          } + [StyledText("wrote \(output)", .dim)])
        return .done
      } catch {
        let failure = Failure(error)
        loop.complain(failure)
        return failure.status
      }
    }
  }
}
