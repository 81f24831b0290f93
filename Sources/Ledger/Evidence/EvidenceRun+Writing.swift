import IndexDesign

extension EvidenceRun {
  func write(to json: inout JSONWriter) {
    json.member("event", "run")
    json.member("format", 1)
    json.member("started", started.description)
    json.member("hypo_version", hypoVersion)
    json.member("operating_system_user", operatingSystemUser)
    json.member("host", host)
    json.member("notebook", notebook)
    json.member("notebook_sha256", notebookDigest.description)
    json.member("title", title)
    json.member("ticket", ticket)
    json.member("arguments", arguments)
  }
}

extension EvidenceConnection {
  func write(to json: inout JSONWriter) {
    json.member("event", "connected")
    json.member("connected", connected.description)
    target.write(to: &json)
  }
}

extension EvidenceStep {
  func write(to json: inout JSONWriter) {
    json.member("event", "step")
    json.member("step", Int64(step))
    json.member("notebook_line", Int64(notebookLine))
    json.member("command", command)
    json.member("started", started.description)
    json.member("finished", finished.description)
    json.member("outcome", outcome.rawValue)
    json.member("remarks", remarks)
    json.member("error", object: error?.write)
    json.member("change", change?.number)
    json.member("sql", statements) { $0.object($1.write) }
    json.member("plans", plans) { $0.object($1.write) }
  }
}

extension EvidenceStatement {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("sent", sent.description)
    json.member("connection", connection.rawValue)
    json.member("text", text)
    json.member("values", values)
    json.member("times", Int64(times))
  }
}

extension EvidencePlans {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("statement", statement)
    json.name("before")
    Self.write(before, to: &json)
    json.name("after")
    Self.write(after, to: &json)
  }

  /// The plan itself, so that a reader need not read JSON out of a string; a text that is none stays a text.
  private static func write(_ plan: String?, to json: inout JSONWriter) {
    if let document = plan.flatMap({ JSONReader.compacted($0, depthLimit: JSONReader.depthLimit / 2) }) {
      json.document(document)
    } else {
      json.string(plan)
    }
  }
}

extension EvidenceEnd {
  func write(to json: inout JSONWriter) {
    json.member("event", "end")
    json.member("finished", finished.description)
    json.member("exit_status", Int64(exitStatus))
    json.member("steps") { json in
      for outcome in EvidenceStep.Outcome.allCases {
        json.member(outcome.rawValue, Int64(steps[outcome] ?? 0))
      }
    }
  }
}
