import Foundation
import FoundationXML

/// What a strict reader of XML finds in a document.
public struct XMLReading {
  /// How often each element is in it.
  public private(set) var elements: [String: Int] = [:]
  /// The values of each attribute, in order.
  public private(set) var attributes: [String: [String]] = [:]
  private var texts: [String: [String]] = [:]
  private var open: [(name: String, text: String)] = []

  /// Reads a document.
  ///
  /// - Throws: what the reader finds wrong.
  public init(_ source: String) throws {
    let events = Events()
    let parser = XMLParser(data: Data(source.utf8))
    parser.delegate = events
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.coderReadCorrupt) }
    self = events.reading
  }

  private init() {}

  /// The text of each element of a name, in the order of their ends; what is in elements below is not part of it.
  public func texts(of element: String) -> [String] { texts[element] ?? [] }

  private final class Events: NSObject, XMLParserDelegate {
    var reading = XMLReading()

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      reading.elements[name, default: 0] += 1
      for (name, value) in attributes { reading.attributes[name, default: []].append(value) }
      reading.open.append((name, ""))
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      if let element = reading.open.popLast() { reading.texts[name, default: []].append(element.text) }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if !reading.open.isEmpty { reading.open[reading.open.count - 1].text += text }
    }
  }
}
