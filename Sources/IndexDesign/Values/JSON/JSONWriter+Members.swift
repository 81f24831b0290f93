extension JSONWriter {
  /// Writes a member that is a text, or null.
  public mutating func member(_ name: String, _ value: String?) {
    self.name(name)
    string(value)
  }

  /// Writes a member that is a whole number, or null.
  public mutating func member(_ name: String, _ value: Int64?) {
    self.name(name)
    integer(value)
  }

  /// Writes a member that is a truth value.
  public mutating func member(_ name: String, _ value: Bool) {
    self.name(name)
    bool(value)
  }

  /// Writes a member that is a number in its shortest exact form, or null.
  public mutating func member(_ name: String, number value: Double?, otherwise: Otherwise = .null) {
    self.name(name)
    number(value, otherwise: otherwise)
  }

  /// Writes a member that is a list of texts and nulls, or null.
  public mutating func member(_ name: String, _ values: [String?]?) {
    self.name(name)
    if let values { array(values) { $0.string($1) } } else { null() }
  }

  /// Writes a member that is a list.
  public mutating func member<Element>(
    _ name: String, _ elements: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void
  ) {
    self.name(name)
    array(elements, write)
  }

  /// Writes a member that is an object, or null when nobody writes it.
  public mutating func member(_ name: String, object write: ((inout JSONWriter) -> Void)?) {
    self.name(name)
    if let write { object(write) } else { null() }
  }
}
