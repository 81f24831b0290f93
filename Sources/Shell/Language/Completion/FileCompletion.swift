import Foundation

/// File names at the cursor.
enum FileCompletion {
  /// What a folder holds, by name; `~` is the home folder. Empty when it cannot be read.
  static func files(in folder: String) -> [CompletionFacts.File] {
    let path = folder.isEmpty ? "." : (folder as NSString).expandingTildeInPath
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [] }
    return names.sorted().map { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
      return .init(name: name, isFolder: isFolder.boolValue)
    }
  }

  /// The files whose names go on from what was typed; folders end in `/`, and a name with blanks is quoted.
  static func offers(_ typed: String, start: Int, _ facts: CompletionFacts) -> [CompletionOffer] {
    let path = typed.filter { $0 != "'" && $0 != "\"" }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let wasQuoted = typed.hasPrefix("'") || typed.hasPrefix("\"")
    return facts.files(folder).filter { !$0.name.hasPrefix(".") || name.hasPrefix(".") }.map { file in
      let whole = folder + file.name + (file.isFolder ? "/" : "")
      let needsQuotes = wasQuoted || whole.contains { " ();='\"".contains($0) }
      // The quote of a folder stays open: its files are to follow.
      let text = needsQuotes ? "'" + whole + (file.isFolder ? "" : "'") : whole
      return CompletionOffer(
        candidate: .init(text: text, name: file.name, suffix: file.isFolder ? "" : " "), typed: name,
        start: start)
    }
  }
}
