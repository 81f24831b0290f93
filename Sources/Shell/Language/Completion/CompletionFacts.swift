import IndexDesign
import Reports
import Server

/// All that completion knows of the world at the moment of a Tab.
struct CompletionFacts {
  /// A name of this session and what it is.
  struct Named: Equatable {
    var name: String
    var note: String
  }

  /// A file or a folder.
  struct File: Equatable {
    var name: String
    var isFolder: Bool
  }

  /// The names of the database; nil when none are known.
  var names: CatalogNames?
  /// Why the names are not there, for the list; nil when they are, or when there is no connection.
  var lackOfNames: String?
  /// Handles of queries, oldest first.
  var queries: [Named] = []
  /// Handles of designs, oldest first.
  var designs: [Named] = []
  /// Numbers of the changes of this session, oldest first.
  var changes: [Named] = []
  /// What `connect` knows by name.
  var targets: [Named] = []
  /// What a folder holds; empty when it cannot be read.
  var files: (_ folder: String) -> [File] = { _ in [] }
}

/// Something that may be put at the cursor.
struct CompletionCandidate: Equatable {
  /// What is put there.
  var text: String
  /// What is compared with what was typed.
  var name: String
  /// What it is; nil when that is plain.
  var note: String?
  /// What follows it when it is the only one.
  var suffix = " "
  /// Whether the middle of the name finds it, too.
  var isFoundByMiddle = true

  /// A word of a language: found by its beginning only.
  static func word(_ text: String, note: String? = nil, suffix: String = " ") -> Self {
    .init(text: text, name: text, note: note, suffix: suffix, isFoundByMiddle: false)
  }

  /// A name of the server, quoted where SQL needs it.
  static func identifier(_ name: String, note: String? = nil, suffix: String = "") -> Self {
    .init(text: Identifier.quoted(name), name: name, note: note, suffix: suffix)
  }
}

/// What completion found: candidates, and the part of the line that they are to replace.
struct CompletionOffer: Equatable {
  var candidate: CompletionCandidate
  /// What was typed of it, without an opening quote.
  var typed: String
  /// Where that begins, an offset into the text's UTF-8.
  var start: Int
}
