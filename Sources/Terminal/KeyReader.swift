import Glibc

/// Reads keys from the terminal while it watches for signals, and for what goes on in the background.
final class KeyReader {
  enum Event: Hashable {
    case scalar(Unicode.Scalar)
    /// The terminal announced pasted text, which `readPaste` gives.
    case paste
    /// A key that takes the ghost text, whole or its first word; only while `offersGhost`.
    case take(wholeGhost: Bool)
    case signals([Signal])
    /// The terminal is gone.
    case end
  }

  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  /// How long the rest of an escape sequence may take; a slow network line sends it in one piece too.
  private static let sequenceTimeout: Int32 = 50

  /// A description of its own where that can be had, so that not waiting for bytes is nobody else's matter.
  ///
  /// Ctrl-C makes the kernel throw away what was typed: bytes that `poll` has seen may be gone at `read`,
  /// which must not wait then, deaf to the signal.
  private let descriptor: Int32
  private let isOwn: Bool
  /// Where signals come from.
  let signals: Signals
  private let recognisesPaste: Bool
  /// Whether the keys that take ghost text do so; else they go to libedit as all others do.
  var offersGhost = false
  /// In vi mode Escape and a letter are two commands.
  var isVi = false
  /// What goes on meanwhile; nil for nothing.
  var background: LineEditor.Background?
  /// Why the terminal could not be read; nil when it simply ended.
  private(set) var failure: TerminalError?
  private var assembler = ScalarAssembler()
  /// Bytes that were looked at and belong to no paste mark.
  private var unread: [UInt8] = []

  init(descriptor: Int32, signals: Signals, recognisesPaste: Bool) {
    let own = ttyname(descriptor).map { open($0, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) } ?? -1
    isOwn = own >= 0
    self.descriptor = isOwn ? own : descriptor
    self.signals = signals
    self.recognisesPaste = recognisesPaste
  }

  deinit {
    if isOwn { close(descriptor) }
  }

  /// Waits for what comes next; signals go before keys.
  func next() -> Event {
    while true {
      switch nextByte() {
      case .signals(let taken): return .signals(taken)
      case .end, .nothing: return .end
      case .byte(let byte):
        if let event = ownEvent(after: byte) { return event }
        guard let scalar = assembler.add(byte), !(0x80...0x9F).contains(scalar.value) else { continue }
        return .scalar(scalar)
      }
    }
  }

  /// The pasted text with `\n` line ends, and the signals that came meanwhile.
  ///
  /// The text is nil when a signal or the end of the terminal cut it short.
  func readPaste() -> (text: String?, signals: [Signal]) {
    var bytes: [UInt8] = []
    var signals: [Signal] = []
    while true {
      switch nextByte() {
      case .byte(let byte):
        bytes.append(byte)
        guard byte == Self.pasteEnd.last, bytes.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] else {
          continue
        }
        bytes.removeLast(Self.pasteEnd.count)
        return (Self.pastedText(bytes), signals)
      case .signals(let taken):
        signals += taken
        guard taken.allSatisfy({ [.windowChange, .stop, .continued].contains($0) }) else {
          return (nil, signals)
        }
      case .end, .nothing: return (nil, signals)
      }
    }
  }

  /// Pasted bytes as text for the line: one kind of line end, no NUL.
  ///
  /// libedit has the terminal swap CR and LF, so a pair of them comes in either order.
  static func pastedText(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var unpaired: Unicode.Scalar?
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar != "\0" {
      let isLineEnd = scalar == "\r" || scalar == "\n"
      if isLineEnd, let first = unpaired, first != scalar {
        unpaired = nil
        continue
      }
      unpaired = isLineEnd ? scalar : nil
      text.append(isLineEnd ? "\n" : scalar)
    }
    return String(text)
  }

  private enum ByteEvent {
    case byte(UInt8)
    case signals([Signal])
    case nothing
    case end
  }

  /// What keys mean that libedit shall not see; nil for all others, whose bytes stay to be read.
  private func ownEvent(after byte: UInt8) -> Event? {
    let keys = ownKeys
    guard unread.isEmpty, keys.contains(where: { $0.bytes.first == byte }) else { return nil }
    var bytes = [byte]
    while true {
      if let key = keys.first(where: { $0.bytes == bytes }) { return key.event }
      guard keys.contains(where: { $0.bytes.starts(with: bytes) }),
        case .byte(let next) = readByte(timeout: Self.sequenceTimeout)
      else { break }
      bytes.append(next)
    }
    unread = Array(bytes.dropFirst())
    return nil
  }

  private var ownKeys: [(bytes: [UInt8], event: Event)] {
    var keys: [(String, Event)] = recognisesPaste ? [("\u{1B}[200~", .paste)] : []
    if offersGhost {
      let whole = ["\u{5}", "\u{6}"] + ["[C", "OC", "[F", "OF", "[4~", "[8~"].map { "\u{1B}" + $0 }
      let word = ["[1;5C", "[1;3C"] + (isVi ? [] : ["f"])
      keys += whole.map { ($0, .take(wholeGhost: true)) }
      keys += word.map { ("\u{1B}" + $0, .take(wholeGhost: false)) }
    }
    return keys.map { (Array($0.0.utf8), $0.1) }
  }

  /// Whether a key can be had at once.
  var hasInput: Bool {
    if !unread.isEmpty { return true }
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, 0) > 0
  }

  /// Signals go before keys, and keys before the background: no key waits for it.
  private func nextByte() -> ByteEvent {
    if !unread.isEmpty { return .byte(unread.removeFirst()) }
    while true {
      let others = background?.descriptors() ?? []
      var watched =
        [(signals.fileDescriptor, false), (descriptor, false)].map(Self.watch) + others.map(Self.watch)
      guard poll(&watched, nfds_t(watched.count), -1) >= 0 || errno == EINTR else { return .end }
      if watched[0].revents != 0 {
        let taken = signals.take()
        if !taken.isEmpty { return .signals(taken) }
      }
      if watched[1].revents != 0 {
        let event = readByte(timeout: 0)
        if case .nothing = event { continue }
        return event
      }
      if watched.dropFirst(2).contains(where: { $0.revents != 0 }) { background?.proceed() }
    }
  }

  private static func watch(_ descriptor: Int32, forWriting: Bool) -> pollfd {
    pollfd(fd: descriptor, events: Int16(forWriting ? POLLOUT : POLLIN), revents: 0)
  }

  private func readByte(timeout: Int32) -> ByteEvent {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&watched, 1, timeout) > 0 else { return .nothing }
    var byte: UInt8 = 0
    while true {
      switch read(descriptor, &byte, 1) {
      case 1: return .byte(byte)
      case -1 where errno == EINTR: continue
      case -1 where errno == EAGAIN: return .nothing
      case -1 where errno != EIO:
        failure = .system(.inputOutput, "could not read from the terminal")
        return .end
      default: return .end
      }
    }
  }
}
