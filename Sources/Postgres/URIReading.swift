/// The parts of a connection URI as libpq cuts them, before it decodes them.
///
/// A mark in a password that was not written with a percent sign cuts it: libpq then takes a part of it for a host, a
/// port or a database, connects there, and repeats it in its message.
/// Source: libpq, `conninfo_uri_parse_options`.
struct URIReading {
  private let credentials: Substring?
  private let hosts: Substring
  private let path: Substring
  private let query: Substring

  /// Nil for what is no URI.
  init?(_ target: String) {
    guard let scheme = ["postgresql://", "postgres://"].first(where: target.hasPrefix) else { return nil }
    var rest = target.dropFirst(scheme.count)
    if let end = rest.prefix(while: { $0 != "/" }).firstIndex(of: "@") {
      credentials = rest[..<end]
      rest = rest[rest.index(after: end)...]
    } else {
      credentials = nil
    }
    hosts = rest.prefix { $0 != "/" && $0 != "?" }
    path = rest.dropFirst(hosts.count).prefix { $0 != "?" }
    query = rest.dropFirst(hosts.count + path.count)
  }

  /// Why it cannot mean what was typed, without a word of it; nil when nothing speaks against it.
  var problem: String? {
    // What stands for user and password may have been cut off as the host and the port.
    let holdsPassword = (credentials ?? hosts).contains(":")
    let firstName = query.dropFirst().prefix { $0 != "=" && $0 != "&" }
    if hosts.contains("@") || firstName.contains("@") || holdsPassword && path.contains("@") {
      return
        "a mark in the URI's user or password has to be written with a percent sign: @ as %40, / as %2F, ? as %3F,"
        + " % as %25"
    }
    guard ports.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }) else {
      return
        "the URI's port is not a number; a URI with a password has an @ between the password and the host"
    }
    return nil
  }

  /// What follows the colon of each host; an address of IPv6 stands in brackets.
  private var ports: [Substring] {
    hosts.split(separator: ",").compactMap { host in
      let name = host.hasPrefix("[") ? host.drop { $0 != "]" } : host
      return name.firstIndex(of: ":").map { name[name.index(after: $0)...] }
    }
  }
}
