import IndexDesign

extension EvidenceRun {
  func write(to text: inout JSONText) {
    text.member("event", "run")
    text.member("format", 1)
    text.member("started", started.description)
    text.member("hypo_version", hypoVersion)
    text.member("operating_system_user", operatingSystemUser)
    text.member("host", host)
    text.member("notebook", notebook)
    text.member("notebook_sha256", notebookDigest.description)
    text.member("title", title)
    text.member("ticket", ticket)
    text.member("arguments", JSONText.strings(arguments))
  }
}

extension EvidenceConnection {
  func write(to text: inout JSONText) {
    text.member("event", "connected")
    text.member("connected", connected.description)
    target.write(to: &text)
  }
}

extension EvidenceStep {
  func write(to text: inout JSONText) {
    text.member("event", "step")
    text.member("step", Int64(step))
    text.member("notebook_line", Int64(notebookLine))
    text.member("command", command)
    text.member("started", started.description)
    text.member("finished", finished.description)
    text.member("outcome", outcome.rawValue)
    text.member("remarks", JSONText.strings(remarks))
    text.member("error", error?.object ?? JSONText.null)
    text.member("change", change?.number)
    text.member("sql", JSONText.array(statements.map(\.object)))
    text.member("plans", JSONText.array(plans.map(\.object)))
  }
}

extension EvidenceStatement {
  fileprivate var object: [UInt8] {
    JSONText.object {
      $0.member("sent", sent.description)
      $0.member("connection", connection.rawValue)
      $0.member("text", text)
      $0.member("values", JSONText.strings(values))
      $0.member("times", Int64(times))
    }
  }
}

extension EvidencePlans {
  fileprivate var object: [UInt8] {
    JSONText.object {
      $0.member("statement", statement)
      $0.member("before", Self.value(before))
      $0.member("after", Self.value(after))
    }
  }

  /// The plan itself, so that a reader need not read JSON out of a string; a text that is none stays a text.
  private static func value(_ plan: String?) -> [UInt8] {
    plan.map { JSONScan.compacted($0) ?? JSONText.quoted($0) } ?? JSONText.null
  }
}

extension EvidenceEnd {
  func write(to text: inout JSONText) {
    text.member("event", "end")
    text.member("finished", finished.description)
    text.member("exit_status", Int64(exitStatus))
    text.member(
      "steps",
      JSONText.object { object in
        for outcome in EvidenceStep.Outcome.allCases {
          object.member(outcome.rawValue, Int64(steps[outcome] ?? 0))
        }
      })
  }
}
