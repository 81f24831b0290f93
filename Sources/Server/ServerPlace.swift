internal import Glibc
internal import Postgres

/// Where a server is, however it was written: its port, and all that is known to name its host.
public struct ServerPlace: Hashable, Sendable {
  /// The port, as digits.
  let port: String
  /// Names in lower case, addresses in their numeric form, folders without links; never empty texts.
  let names: Set<String>

  /// Takes a host and its address as libpq has them; empty for what is not known.
  ///
  /// Every spelling of this very machine, and a socket folder too, is also the loopback.
  public init(host: String, address: String, port: String) {
    self.port = port
    names = Set([host, address].filter { !$0.isEmpty }.flatMap(Self.names))
  }

  /// Whether both are one server as far as that is known without looking up a name.
  ///
  /// Two socket folders are two servers; a socket folder and the loopback with the same port are taken for one.
  public func isSame(as other: ServerPlace) -> Bool {
    guard port == other.port else { return false }
    let common = names.intersection(other.names)
    guard common == [Self.loopback], let folder, let otherFolder = other.folder else {
      return !common.isEmpty
    }
    return folder == otherFolder
  }

  private var folder: String? { names.first { $0.hasPrefix("/") || $0.hasPrefix("@") } }

  private static let loopback = "localhost"

  private static func names(of host: String) -> [String] {
    if host.hasPrefix("@") { return [host, loopback] }
    if host.hasPrefix("/") {
      let real = realpath(host, nil)
      defer { free(real) }
      return [real.map { String(cString: $0) } ?? host, loopback]
    }
    var name = host.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    let address = numericForm(of: name) ?? name
    let isLoopback =
      address == "::1" || address == "0.0.0.0" || address == "::"
      || address.hasPrefix("127.") && numericForm(of: address) != nil
      || name == loopback || name.hasSuffix("." + loopback) || name.hasPrefix("localhost.localdomain")
    return [isLoopback ? loopback : address]
  }

  /// An address in its one numeric form, an IPv4 one inside of IPv6 as IPv4; nil for a name. Never asks a resolver.
  private static func numericForm(of text: String) -> String? {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(text, nil, &hints, &found) == 0, let found else { return nil }
    defer { freeaddrinfo(found) }
    var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let failed = getnameinfo(
      found.pointee.ai_addr, found.pointee.ai_addrlen, &buffer, socklen_t(buffer.count), nil, 0,
      NI_NUMERICHOST)
    guard failed == 0 else { return nil }
    let form = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return form.hasPrefix("::ffff:") && form.contains(".") ? String(form.dropFirst(7)) : form
  }
}

extension ConnectionTarget {
  /// The places where libpq would look for a server, in order; empty when it cannot make sense of the target.
  /// Nothing is looked up.
  public var places: [ServerPlace] {
    parameters.places.map { ServerPlace(host: $0.host, address: $0.address, port: $0.port) }
  }

  /// Whether a session is on a server and in a database that this names; what it does not name is left to the session.
  public func leads(to session: Session) -> Bool {
    let address = session.address
    return places.contains(where: session.place.isSame)
      && (parameters["dbname"] ?? address.database) == address.database
      && (parameters["user"] ?? address.user) == address.user
  }
}

extension Session {
  /// Where the server is that answered.
  public var place: ServerPlace {
    ServerPlace(host: connection.host, address: connection.hostAddress, port: connection.port)
  }
}
