internal import CLibPQ

extension Connection {
  /// The environment in which another program of libpq connects as this connection did: to the same server,
  /// database and role, by the same password, certificates and protections.
  ///
  /// What `base` says of connections is replaced; the rest of it stays. The result may hold a password. Of
  /// several hosts it names the one that answered; a service is resolved, because its file would overrule
  /// variables. Keep-alive settings have no variables.
  ///
  /// Source: PostgreSQL manual, "Environment Variables" and `PQconninfo`.
  public func environment(over base: [String: String]) -> [String: String] {
    var environment = base
    for variable in ["PGSERVICE", "PGSERVICEFILE"] { environment[variable] = nil }
    let options = options()
    let place = ConnectedPlace(
      hosts: options.value(of: "host"), addresses: options.value(of: "hostaddr"),
      ports: options.value(of: "port"), host: host, port: port)
    for option in options {
      guard let variable = option.variable, !["service", "servicefile"].contains(option.keyword) else {
        continue
      }
      switch option.keyword {
      case "host": environment[variable] = host
      case "hostaddr": environment[variable] = place.address
      case "port": environment[variable] = port
      default: environment[variable] = option.value.isEmpty ? nil : option.value
      }
    }
    return environment
  }

  /// Whether a pass phrase opens the client's key; there is no variable for it.
  public var hasKeyPassphrase: Bool { !options().value(of: "sslpassword").isEmpty }

  private func options() -> [ConnectionOption] {
    guard let options = PQconninfo(handle) else { return [] }
    defer { PQconninfoFree(options) }
    var found: [ConnectionOption] = []
    var option = options
    while let keyword = option.pointee.keyword {
      found.append(
        ConnectionOption(
          keyword: String(cString: keyword), variable: option.pointee.envvar.map { String(cString: $0) },
          value: option.pointee.val.map { String(cString: $0) } ?? ""))
      option += 1
    }
    return found
  }
}

/// A keyword of libpq, the variable that stands for it, and its value.
private struct ConnectionOption {
  var keyword: String
  var variable: String?
  var value: String
}

extension [ConnectionOption] {
  fileprivate func value(of keyword: String) -> String { first { $0.keyword == keyword }?.value ?? "" }
}

/// Which of the hosts that were named is the one that answered.
struct ConnectedPlace {
  /// The address that was named for it; nil when the name itself was looked up.
  let address: String?

  /// Lists are separated by commas, as in a conninfo; a single port counts for all hosts.
  init(hosts: String, addresses: String, ports: String, host: String, port: String) {
    func list(_ text: String) -> [String] {
      text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let (hosts, addresses, ports) = (list(hosts), list(addresses), list(ports))
    let index = addresses.indices.first { index in
      let name = index < hosts.count && !hosts[index].isEmpty ? hosts[index] : addresses[index]
      let number = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
      return name == host && (number == port || number.isEmpty)
    }
    address = index.map { addresses[$0] }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
