extension JSONReader {
  /// Reads the bytes of a text, which live no longer than the call.
  static func reading<Value>(
    _ text: String, depthLimit: Int = Self.depthLimit, _ read: (inout JSONReader) throws(JSONProblem) -> Value
  ) throws(JSONProblem) -> Value {
    var text = text
    let result = text.withUTF8 { bytes -> Result<Value, JSONProblem> in
      var reader = JSONReader(bytes, depthLimit: depthLimit)
      do throws(JSONProblem) { return .success(try read(&reader)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Whether `bytes` are one JSON document in UTF-8.
  public static func isDocument(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    var reader = JSONReader(bytes.assumingMemoryBound(to: UInt8.self))
    return (try? reader.skipToEnd()) != nil
  }

  private mutating func skipToEnd() throws(JSONProblem) {
    while try next() != .end {}
  }

  /// The document on one line, all its values byte for byte; nil when it is none.
  ///
  /// - Parameter depthLimit: how many lists and objects may be nested; fewer than elsewhere for a document that
  ///   becomes a part of another.
  public static func compacted(_ text: String, depthLimit: Int = Self.depthLimit) -> [UInt8]? {
    try? reading(text, depthLimit: depthLimit) { reader throws(JSONProblem) in try reader.withoutBlanks() }
  }

  private mutating func withoutBlanks() throws(JSONProblem) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    while true {
      let start = at
      switch try next() {
      case .end: return kept
      case .name(let text), .string(let text):
        // The marks belong to the text, and blanks to what stands before and behind it.
        let quoted = text.range.lowerBound - 1..<text.range.upperBound + 1
        kept += bytes[start..<quoted.lowerBound].lazy.filter { !$0.isJSONBlank }
        kept += bytes[quoted]
        kept += bytes[quoted.upperBound..<at].lazy.filter { !$0.isJSONBlank }
      default: kept += bytes[start..<at].lazy.filter { !$0.isJSONBlank }
      }
    }
  }

  /// Reads the value that begins at `place`, in the midst of other text, and leaves `place` behind it.
  ///
  /// - Throws: `JSONProblem` with its place in `bytes`.
  public static func value(in bytes: [UInt8], at place: inout Int) throws(JSONProblem) -> JSONValue {
    let start = place
    let result = bytes.withUnsafeBufferPointer { bytes -> Result<(JSONValue, Int), JSONProblem> in
      var reader = JSONReader(bytes, from: start)
      do throws(JSONProblem) { return .success((try reader.value(reader.next()), reader.at)) } catch {
        return .failure(error)
      }
    }
    let value: JSONValue
    (value, place) = try result.get()
    return value
  }

  /// Reads the text that begins at `place` with a mark, has JSON's escapes and ends with the same mark, and leaves
  /// `place` behind it.
  ///
  /// - Throws: `JSONProblem` with its place in `bytes`.
  public static func text(in bytes: [UInt8], at place: inout Int) throws(JSONProblem) -> String {
    let start = place
    let result = bytes.withUnsafeBufferPointer { bytes -> Result<(String, Int), JSONProblem> in
      var at = start
      let mark = bytes[start]
      do throws(JSONProblem) {
        let text = try JSONString(in: bytes, at: &at, mark: mark).text(in: bytes, mark: mark)
        return .success((text, at))
      } catch { return .failure(error) }
    }
    let text: String
    (text, place) = try result.get()
    return text
  }

  /// The names of members in the order in which they stand, whatever object they are in, at most `count`: what comes
  /// behind them is not read.
  static func firstNames(_ count: Int, of text: String) throws(JSONProblem) -> [String] {
    try reading(text) { reader throws(JSONProblem) in
      var names: [String] = []
      while names.count < count {
        switch try reader.next() {
        case .name(let name): names.append(name.text(in: reader.bytes))
        case .end: return names
        default: break
        }
      }
      return names
    }
  }

  /// The value whose first part is `token`.
  mutating func value(_ token: Token) throws(JSONProblem) -> JSONValue {
    switch token {
    case .beginObject:
      var members: [(name: String, value: JSONValue)] = []
      while case .name(let name) = try next() { members.append((name.text(in: bytes), try value(next()))) }
      return .object(members)
    case .beginArray:
      var elements: [JSONValue] = []
      while true {
        let element = try next()
        if element == .endArray { return .array(elements) }
        elements.append(try value(element))
      }
    case .string(let text), .name(let text): return .string(text.text(in: bytes))
    case .number(let place): return .number(JSONNumber(read: String(decoding: bytes[place], as: UTF8.self)))
    case .bool(let flag): return .bool(flag)
    case .null, .endObject, .endArray, .end: return .null
    }
  }
}
