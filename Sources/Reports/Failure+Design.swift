public import IndexDesign

extension Failure {
  /// What the rules of designs, statements and names refuse.
  ///
  /// - Parameters:
  ///   - text: the command that the error is about; nil shows no place.
  ///   - offset: where in it that begins which the error's position counts from.
  public init(_ error: DesignError, in text: String? = nil, offset: Int = 0) {
    self.init(
      error.code == .refused ? .refused : .script, error.message, detail: error.detail, hint: error.hint,
      place: text.flatMap { Place(text: $0, range: error.position, offset: offset) })
  }
}

extension Failure.Place {
  /// A place in a text by what an error says of a part of it; nil when it says nothing, or the place is beyond the end.
  public init?(text: String, range: Range<Int>?, offset: Int) {
    guard let range, range.upperBound + offset <= text.utf8.count + 1 else { return nil }
    self.init(text: text, range: range.lowerBound + offset..<range.upperBound + offset)
  }
}

extension Failure {
  /// What a policy refuses.
  public init(_ refusal: PolicyRefusal) {
    self.init(.refused, refusal.reason, detail: refusal.detail, hint: refusal.hint)
  }

  /// What speaks against a plan.
  public init(_ refusal: ChangeFailure) {
    self.init(
      .refused, refusal.message, sqlState: refusal.sqlState, detail: refusal.detail, hint: refusal.hint)
  }
}

extension ChangeFailure {
  /// A failure as a record keeps it.
  public init(_ failure: Failure) {
    self.init(
      message: failure.message, sqlState: failure.sqlState, detail: failure.detail, hint: failure.hint)
  }
}
