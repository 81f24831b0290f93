import CLibEdit
import Glibc

/// Which functions keys reach: what the table of `EditingFunction` does not want is bound to no key.
extension EditingSession {
  /// Unbinds or replaces what is not wanted, in both maps and in the sequences that begin with one of their keys.
  func keepWantedFunctions() {
    guard let listing = EditorListing(editor) else { return }
    for inCommands in [false, true] {
      for key in UInt8.min...UInt8.max {
        let found = listing.functions(of: [key], inCommands: inCommands)
        if found == ["ed-sequence-lead-in"] {
          keepWantedSequences(behind: [key], inCommands, listing)
        } else {
          keepWanted(found, [key], inCommands)
        }
      }
    }
  }

  /// The same for single keys only: setting up the terminal gives a key its first function back when the terminal's
  /// own key, such as the one that erases, became another one.
  func keepWantedKeys() {
    guard let listing = EditorListing(editor) else { return }
    for inCommands in [false, true] {
      for key in UInt8.min...UInt8.max {
        keepWanted(listing.functions(of: [key], inCommands: inCommands), [key], inCommands)
      }
    }
  }

  /// The names of all functions that some key reaches.
  func boundFunctions() -> Set<String> {
    guard let listing = EditorListing(editor) else { return [] }
    var names: Set<String> = []
    for inCommands in [false, true] {
      for key in UInt8.min...UInt8.max {
        let found = listing.functions(of: [key], inCommands: inCommands)
        names.formUnion(found)
        guard found == ["ed-sequence-lead-in"] else { continue }
        for next in Self.sequenceKeys {
          names.formUnion(listing.functions(of: [key, next], inCommands: false))
        }
      }
    }
    return names
  }

  private static let sequenceKeys = UInt8(1)...127

  /// Both maps share the sequences; binding one makes its first key begin sequences in one of the maps.
  private func keepWantedSequences(behind keys: [UInt8], _ inCommands: Bool, _ listing: EditorListing) {
    for next in Self.sequenceKeys {
      let longer = keys + [next]
      let found = listing.functions(of: longer, inCommands: false)
      guard !found.allSatisfy(EditingFunction.isKeptEverywhere) else { continue }
      if found.count == 1, longer.count > 8 || !isPrefix(longer, listing) {
        keepWanted(found, longer, inCommands, isSequence: true)
      } else {
        keepWantedSequences(behind: longer, inCommands, listing)
      }
    }
  }

  private func isPrefix(_ keys: [UInt8], _ listing: EditorListing) -> Bool {
    Self.sequenceKeys.contains { !listing.functions(of: keys + [$0], inCommands: false).isEmpty }
  }

  private func keepWanted(
    _ found: [String], _ keys: [UInt8], _ inCommands: Bool, isSequence: Bool = false
  ) {
    guard let name = found.first, !EditingFunction.own.contains(name) else { return }
    switch EditingFunction.all[name] {
    case .kept: return
    case .keptInCommands: if !inCommands || isSequence { unbind(keys, inCommands) }
    case .replaced(let own, _): bind(keys, to: own, inCommands)
    case nil: unbind(keys, inCommands)
    }
  }

  private func bind(_ keys: [UInt8], to function: String, _ inCommands: Bool) {
    Self.withWide(EditorListing.notation(keys)) { key in
      Self.withWide(function) {
        inCommands ? hypo_el_bind_in_commands(editor, key, $0) : hypo_el_bind(editor, key, $0)
      }
    }
  }

  private func unbind(_ keys: [UInt8], _ inCommands: Bool) {
    Self.withWide(EditorListing.notation(keys)) {
      inCommands ? hypo_el_unbind_in_commands(editor, $0) : hypo_el_unbind(editor, $0)
    }
  }
}

extension EditingFunction {
  fileprivate static func isKeptEverywhere(_ name: String) -> Bool {
    if case .kept = all[name] { true } else { own.contains(name) }
  }
}
