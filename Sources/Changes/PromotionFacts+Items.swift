internal import IndexDesign
internal import Server

/// The lines that forbid nothing.
extension PromotionFacts {
  typealias Item = PromotionChecklist.Item

  var equalIndexItem: Item {
    guard let equal = equalIndexes.first else { return Item("equal index", .ok, "none under another name") }
    let names = equalIndexes.map { "\($0.qualifiedName)\($0.isValid ? "" : " (invalid)")" }
    return Item(
      "equal index", .warning, "the same index is there as " + names.joined(separator: ", "),
      fix: equal.isValid
        ? "use it: a second one costs writes and brings nothing"
        : "drop the invalid one: DROP INDEX CONCURRENTLY \(equal.qualifiedName.sql)")
  }

  var tableItem: Item {
    let rows =
      table.estimatedRows < 0
      ? "never analysed" : "about \(Readable.count(Int64(table.estimatedRows))) rows"
    return Item(
      "table", table.estimatedRows < 0 ? .warning : .ok, "\(Readable.size(table.sizeInBytes)), \(rows)",
      fix: table.estimatedRows < 0 ? "ANALYZE \(table.qualifiedName.sql)" : nil)
  }

  var sizeItem: Item {
    guard let size = estimatedSizeInBytes else { return Item("index size", .ok, "no estimate") }
    return Item("index size", .ok, "about \(Readable.size(size)), estimated")
  }

  var replicasItem: Item {
    let kind = isAurora ? "readers" : "replicas"
    guard let replicas else {
      return Item(
        "replicas", .warning, "\(kind) and their lag cannot be read by role \"\(user)\"",
        fix: "GRANT pg_monitor TO \(Identifier.quoted(user))")
    }
    guard !replicas.isEmpty else { return Item("replicas", .ok, "no \(kind) are connected") }
    let late = replicas.contains { ($0.lagInSeconds ?? 0) > 10 || ($0.lagInBytes ?? 0) > 256 << 20 }
    return Item(
      "replicas", late ? .warning : .ok, replicas.map(\.words).joined(separator: "; "),
      fix: late ? "wait until they have caught up: the build makes much write-ahead log" : nil)
  }

  var transactionsItem: Item {
    let hidden =
      hiddenSessions > 0
      ? "; \(hiddenSessions) sessions of other roles cannot be looked into" : ""
    guard !transactionsInTheWay.isEmpty else {
      return Item(
        "long transactions", hiddenSessions > 0 ? .warning : .ok, "none is in the way" + hidden,
        fix: hiddenSessions > 0 ? "GRANT pg_read_all_stats TO \(Identifier.quoted(user))" : nil)
    }
    return Item(
      "long transactions", .warning,
      "the build will wait for " + transactionsInTheWay.map(\.description).joined(separator: "; ") + hidden,
      fix: "let them end, or end them with pg_terminate_backend, before the build")
  }

  var windowItem: Item {
    Item(
      "off-peak window", .checkYourself,
      "the build reads the whole table twice and competes for input, output and memory",
      fix: "choose an hour with few writes")
  }

  var storageItem: Item {
    let need = estimatedSizeInBytes.map { "about \(Readable.size($0)) for the index" } ?? "room for the index"
    return Item(
      "storage headroom", .checkYourself,
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
      lagInSeconds.map { $0 < 1 ? "less than 1 s" : Readable.duration(seconds: $0) },
      lagInBytes.map(Readable.size),
    ].compactMap { $0 }
    return lag.isEmpty ? "\(name): lag unknown" : "\(name): " + lag.joined(separator: ", ") + " behind"
  }
}
