/// What was recorded of a step: under what it ran, and the lines of its results.
public struct Transcript: Equatable, Sendable {
  /// Under what it was recorded; empty when nothing was noted.
  public let context: TranscriptContext
  /// The lines of the results as they were written.
  let text: [String]
  /// The same, read.
  let lines: [TranscriptLine]

  /// Reads what stands below a step.
  ///
  /// - Parameter recorded: without the `| ` of a notebook; no lines at all are no error.
  /// - Throws: the first line that cannot be read, counted from 0.
  public init(reading recorded: [String]) throws(TranscriptError) {
    let (context, length) = try TranscriptContext.reading(recorded)
    self.context = context
    text = Array(recorded[length...])
    do throws(TranscriptError) { lines = try TranscriptReader.lines(text) } catch {
      var error = error
      error.line += length
      throw error
    }
  }

  /// Whether some lines stand for others that nobody knows.
  var hasWildcards: Bool { lines.contains(where: \.isWildcard) }

  /// The results; those before a wildcard when there is one.
  var results: [TranscribedResult] {
    var assembly = TranscriptAssembly()
    for line in lines { assembly.add(line) }
    return assembly.results
  }
}
