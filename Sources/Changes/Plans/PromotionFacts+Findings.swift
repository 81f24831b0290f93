internal import IndexDesign
internal import Server

/// The lines that forbid nothing.
extension PromotionFacts {
  var equalIndexFinding: Finding {
    guard let equal = equalIndexes.first else {
      return Finding("equal index", .ok, "none under another name")
    }
    let names = equalIndexes.map { "\($0.qualifiedName)\($0.isValid ? "" : " (invalid)")" }
    return Finding(
      "equal index", .warning, "the same index is there as " + names.joined(separator: ", "),
      fix: equal.isValid
        ? "use it: a second one costs writes and brings nothing"
        : "drop the invalid one: DROP INDEX CONCURRENTLY \(equal.qualifiedName.sql)")
  }

  /// Nil for an index that is not unique.
  var uniqueFinding: Finding? {
    guard definition.isUnique else { return nil }
    let early = "while it is built it refuses duplicates of other sessions already"
    guard let duplicates else {
      return Finding("unique", .lookYourself, "the statistics show no duplicates; \(early)")
    }
    return Finding(
      "unique", .warning, "\(duplicates.words): with duplicates it cannot be built; \(early)",
      fix: "find them: " + duplicates.query(of: definition.table))
  }

  var tableFinding: Finding {
    let rows =
      table.estimatedRows < 0
      ? "never analysed" : "about \(NumberText.whole(table.estimatedRows)) rows"
    return Finding(
      "table", table.estimatedRows < 0 ? .warning : .ok, "\(NumberText.bytes(table.sizeInBytes)), \(rows)",
      fix: table.estimatedRows < 0 ? "ANALYZE \(table.qualifiedName.sql)" : nil)
  }

  var sizeFinding: Finding {
    guard let size = estimatedSizeInBytes else { return Finding("index size", .ok, "no estimate") }
    return Finding("index size", .ok, "about \(NumberText.bytes(size)), estimated")
  }

  var replicasFinding: Finding {
    let kind = isAurora ? "readers" : "replicas"
    guard let replicas else {
      return Finding(
        "replicas", .warning, "\(kind) and their lag cannot be read by role \"\(user)\"",
        fix: "GRANT pg_monitor TO \(Identifier.quoted(user))")
    }
    guard !replicas.isEmpty else { return Finding("replicas", .ok, "no \(kind) are connected") }
    let late = replicas.contains { ($0.lagInSeconds ?? 0) > 10 || ($0.lagInBytes ?? 0) > 256 << 20 }
    return Finding(
      "replicas", late ? .warning : .ok, replicas.map(\.words).joined(separator: "; "),
      fix: late ? "wait until they have caught up: the build makes much write-ahead log" : nil)
  }

  var transactionsFinding: Finding {
    let hidden =
      hiddenSessions > 0
      ? "; \(NumberText.counted(Int64(hiddenSessions), "session")) of other roles cannot be looked into" : ""
    guard !transactionsInTheWay.isEmpty else {
      return Finding(
        "long transactions", hiddenSessions > 0 ? .warning : .ok, "none is in the way" + hidden,
        fix: hiddenSessions > 0 ? "GRANT pg_read_all_stats TO \(Identifier.quoted(user))" : nil)
    }
    return Finding(
      "long transactions", .warning,
      "the build will wait for " + transactionsInTheWay.map(\.description).joined(separator: "; ") + hidden,
      fix: "let them end, or end them with pg_terminate_backend, before the build")
  }

  var windowFinding: Finding {
    Finding(
      "off-peak window", .lookYourself,
      "the build reads the whole table twice and competes for input, output and memory",
      fix: "choose an hour with few writes")
  }

  var storageFinding: Finding {
    let need =
      estimatedSizeInBytes.map { "about \(NumberText.bytes($0)) for the index" } ?? "room for the index"
    return Finding(
      "storage headroom", .lookYourself,
      "\(need), as much again for sorting, and the write-ahead log"
        + (isAurora ? "; sorting takes the instance's local storage, not the shared volume" : ""),
      fix: isAurora
        ? "look at FreeLocalStorage of the writer and at the cluster volume in CloudWatch"
        : "look at the free space of the data directory and the temporary tablespaces")
  }
}

extension PromotionFacts.Replica {
  fileprivate var words: String {
    let lag = [
      lagInSeconds.map { NumberText.duration(milliseconds: $0 * 1_000) },
      lagInBytes.map(NumberText.bytes),
    ].compactMap { $0 }
    return "\(name): lag " + (lag.isEmpty ? "unknown" : lag.joined(separator: ", "))
  }
}
