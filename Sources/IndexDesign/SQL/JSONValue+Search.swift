extension JSONValue {
  /// The first member, in document order and at any depth, that `isWanted`; nil when there is none.
  func firstMember(
    where isWanted: (_ name: String, _ value: JSONValue) -> Bool
  ) -> (name: String, value: JSONValue)? {
    switch self {
    case .array(let elements):
      for element in elements {
        if let found = element.firstMember(where: isWanted) { return found }
      }
    case .object(let members):
      for member in members {
        if isWanted(member.name, member.value) { return member }
        if let found = member.value.firstMember(where: isWanted) { return found }
      }
    default: break
    }
    return nil
  }

  /// The text of each `String` node of a list such as `funcname`.
  var nodeStrings: [String] { (array ?? []).compactMap { $0["String"].map { $0["sval"]?.string ?? "" } } }

  /// The text of an `A_Const` node that holds a string; nil for all else.
  var constantString: String? { self["A_Const"]?["sval"].map { $0["sval"]?.string ?? "" } }
}
