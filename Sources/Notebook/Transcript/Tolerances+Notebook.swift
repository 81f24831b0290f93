extension Tolerances {
  /// The defaults with those of a notebook over them.
  init(_ header: NotebookHeader) {
    self.init()
    for tolerance in header.tolerances {
      switch tolerance.field {
      case .cost: cost = tolerance.bound
      case .rows: rows = tolerance.bound
      case .size: bytes = tolerance.bound
      case .time: milliseconds = tolerance.bound
      case .count: count = tolerance.bound
      case .share: share = tolerance.bound
      }
    }
  }
}
