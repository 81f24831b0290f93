/// A text that was changed in places, which knows where each place was before.
public struct EditedText: Equatable, Sendable {
  /// One part that is replaced; an empty range inserts.
  struct Edit: Equatable, Sendable {
    /// Where in the text before, in UTF-8 code units.
    var range: Range<Int>
    /// What stands there afterwards.
    var replacement: String
  }

  /// The text with all changes.
  public private(set) var text: String
  /// One after the other; each by its place in the text of the one before.
  private var layers: [[Edit]] = []

  /// A text without a change.
  init(_ text: String) { self.text = text }

  /// The text with parts replaced, which must not overlap.
  func editing(_ edits: [Edit]) -> EditedText {
    guard !edits.isEmpty else { return self }
    let edits = edits.sorted { $0.range.lowerBound < $1.range.lowerBound }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    for edit in edits {
      result += bytes[place..<edit.range.lowerBound]
      result += Array(edit.replacement.utf8)
      place = edit.range.upperBound
    }
    var edited = self
    edited.text = String(decoding: result + bytes[place...], as: UTF8.self)
    edited.layers.append(edits)
    return edited
  }

  /// Where a part of the text was before every change; what was put in is where it was put.
  public func original(of range: Range<Int>) -> Range<Int> {
    layers.reversed().reduce(range) { range, edits in
      let lower = Self.part(at: range.lowerBound, before: edits)
      guard !range.isEmpty else { return lower.lowerBound..<lower.lowerBound }
      let upper = Self.part(at: range.upperBound - 1, before: edits)
      return lower.lowerBound..<max(lower.upperBound, upper.upperBound)
    }
  }

  /// The byte at a place, or the part that was replaced there.
  private static func part(at place: Int, before edits: [Edit]) -> Range<Int> {
    var shift = 0
    for edit in edits {
      let start = edit.range.lowerBound + shift
      let length = edit.replacement.utf8.count
      if place < start { break }
      if place < start + length {
        return edit.range.isEmpty ? max(0, edit.range.lowerBound - 1)..<edit.range.lowerBound : edit.range
      }
      shift += length - edit.range.count
    }
    return place - shift..<place - shift + 1
  }
}
