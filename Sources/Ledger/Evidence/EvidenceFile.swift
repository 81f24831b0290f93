import Foundation
public import IndexDesign
import Storage

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

  private let file: AppendedFile
  private var chain = EntryChain()

  /// Opens a file, or makes it with the folders that are missing; nobody but its owner may read it.
  ///
  /// What stands in it is checked from the first line to the last.
  /// - Throws: `LedgerError` with code `.busy` when another run writes to it, `.damaged` when a line of it was
  ///   touched, `.cannotOpen` and others when the operating system refuses.
  public init(opening path: String) throws(LedgerError) {
    do throws(StorageError) {
      try Folder.make(Folder.of(path))
      file = try AppendedFile(path, named: "the evidence \"\(path)\"", .continued)
    } catch {
      throw LedgerError(error, hints: Self.openingHints)
    }
    guard file.isRegular else {
      throw LedgerError(
        .cannotOpen, "cannot write evidence to \"\(path)\": it is no file",
        hint: "name a file: it must be possible to read it again")
    }
    guard file.length > 0 else { return }
    var check = EvidenceCheck()
    do throws(StorageError) {
      try file.read { piece in
        check.take(piece)
        return check.fault == nil
      }
    } catch {
      throw LedgerError(error, hints: Self.openingHints)
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
  public func append(_ entry: LedgerEntry) throws(LedgerError) {
    let (record, hash) = chain.record(of: entry)
    let line = EntryChain.line(record: record, hash: hash.description)
    do throws(StorageError) { try file.append(line) } catch {
      throw LedgerError(error, hints: Self.writingHints)
    }
    chain.accept(hash)
  }

  private static let openingHints: [StorageError.Code: String] = [
    .busy: "wait until it has ended, or name another file",
    .cannotOpen: "make the file and its folder writable, or name another file",
    .notWritable: "make the file and its folder writable, or name another file",
    .other: "make the file and its folder readable, or name another file",
  ]

  private static let writingHints: [StorageError.Code: String] = [
    .notWritable: "look at the disk of that file, or begin another run with another file",
    .moved: "put it back, or begin another run with another file",
    .touched: "keep it as it is, see who did, and begin another run with another file",
    .torn: "begin another run with another file",
  ]

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
    let folder: String
    do throws(StorageError) {
      folder = try StateFolder(environment: environment, for: "the evidence").path
    } catch {
      throw LedgerError(error)
    }
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
