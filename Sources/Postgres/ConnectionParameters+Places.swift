internal import CLibPQ

/// A host that libpq would try: its parts as they were named, empty where they were not.
public struct NamedPlace: Equatable, Sendable {
  /// A name, an address or a socket folder.
  public var host: String
  /// The address that is used in place of looking up the name.
  public var address: String
  /// The port; never empty.
  public var port: String
}

extension ConnectionParameters {
  /// The hosts that libpq would try, in order, with its defaults, `PG*` and the service file read; empty when it
  /// cannot make sense of the parameters. Nothing is looked up and nobody is asked.
  ///
  /// Source: PostgreSQL manual, "Specifying Multiple Hosts"; libpq fills in the defaults before it checks a value.
  public var places: [NamedPlace] {
    var parameters = self
    // No such mode exists, so libpq stops behind reading and before connecting.
    parameters["sslmode"] = "none of them"
    let names = parameters.values.keys.sorted()
    let handle = Connection.withCStrings(names.map { $0 } + [nil]) { keywords in
      Connection.withCStrings(names.map { parameters[$0] } + [nil]) { PQconnectStartParams(keywords, $0, 0) }
    }
    defer { PQfinish(handle) }
    guard let handle, let options = PQconninfo(handle) else { return [] }
    defer { PQconninfoFree(options) }
    let values = Self.values(of: options)
    // The port always has a default, unless reading ended before.
    guard values["port"] != nil else { return [] }
    func list(_ keyword: String) -> [String] {
      (values[keyword] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
    return (0..<max(1, hosts.count, addresses.count)).map { index in
      var host = index < hosts.count ? hosts[index] : ""
      let address = index < addresses.count ? addresses[index] : ""
      if host.isEmpty, address.isEmpty { host = PQhost(handle).map { String(cString: $0) } ?? "" }
      let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
      return NamedPlace(host: host, address: address, port: port.isEmpty ? "5432" : port)
    }
  }
}
