import Foundation
public import IndexDesign

/// The record of a notebook's runs in one file, to which lines are only ever added.
///
///     let evidence = try EvidenceFile(opening: path)
///     try evidence.append(.run(run))
///
/// Only one run at a time can have a file open; a later one goes on behind what is there.
public final class EvidenceFile {
  /// The file.
  public var path: String { file.path }
  /// The hash of the last line, which stands for all lines; 64 zeros when there is none yet.
  public var lastHash: SHA256Digest { chain.lastHash }

  private let file: AppendOnlyFile
  private var chain = EvidenceChain()

  /// Opens a file, or makes it with the folders that are missing; nobody but its owner may read it.
  ///
  /// What stands in it is checked from the first line to the last.
  /// - Throws: `LedgerError` with code `.busy` when another run writes to it, `.damaged` when a line of it was
  ///   touched, `.cannotOpen` and others when the operating system refuses.
  public init(opening path: String) throws(LedgerError) {
    file = try AppendOnlyFile(path)
    guard file.isRegular else {
      throw LedgerError(
        .cannotOpen, "cannot write evidence to \"\(path)\": it is no file",
        hint: "name a file: it must be possible to read it again")
    }
    guard file.length > 0 else { return }
    var check = EvidenceCheck()
    try file.read { piece in
      check.take(piece)
      return check.fault == nil
    }
    let finding = check.finish()
    if let fault = finding.fault {
      throw LedgerError(
        .damaged, "cannot add to the evidence \"\(path)\": line \(fault.line): \(fault.message)",
        detail: fault.detail, hint: "keep the file as it is and name another one for this run")
    }
    chain = check.chain
  }

  /// Adds a line, which is on disk when this returns.
  ///
  /// - Throws: `LedgerError`; the file is then as it was before, unless the error of the next call says that
  ///   even that failed.
  public func append(_ event: EvidenceEvent) throws(LedgerError) {
    let (bytes, hash) = chain.line(of: event)
    try file.append(bytes)
    chain.accept(hash)
  }

  /// A new name beside the ledger: `hypo/evidence/2026-11-26T095000Z-orders-4711.jsonl`.
  ///
  /// - Parameters:
  ///   - started: when the run began.
  ///   - notebook: the notebook's path, of which the name counts.
  ///   - process: what keeps two runs of the same second apart; nil is this process.
  /// - Throws: `LedgerError` with code `.noPlace` when no folder can be named.
  public static func defaultPath(
    environment: [String: String], started: Timestamp, notebook: String,
    process: Int32? = nil
  ) throws(LedgerError) -> String {
    let folder = try Ledger.folder(of: "the evidence", environment: environment)
    let time = started.description.prefix(19).filter { $0 != ":" } + "Z"
    return "\(folder)/evidence/\(time)-\(name(of: notebook))-\(process ?? getpid()).jsonl"
  }

  /// Letters, digits and a few marks: the name is typed and pasted.
  private static func name(of notebook: String) -> String {
    let file = notebook.split(separator: "/").last ?? ""
    let name = file.hasSuffix(".hypo") ? file.dropLast(5) : file
    let plain = name.unicodeScalars.prefix(60).map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "._-".unicodeScalars.contains(scalar)
        ? Character(scalar) : "_"
    }
    return plain.isEmpty ? "notebook" : String(plain)
  }
}
