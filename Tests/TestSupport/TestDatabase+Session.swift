internal import IndexDesign
public import Server

extension TestDatabase {
  /// A session on this database, as the superuser unless another role is named.
  public func session(user: String? = nil, options: SessionOptions = SessionOptions()) throws -> Session {
    try Session(target: conninfo(user: user), options: options)
  }
}

extension Session {
  /// Makes a design from its short form, as `hypo add` does.
  @discardableResult
  public func add(_ number: Int, _ shortForm: String) throws -> HypotheticalIndexes.Active {
    let checked = try check(IndexDefinitionParser.parseShortForm(shortForm))
    return try hypotheticals.add(
      DesignHandle(number), checked.definition, partitions: checked.relation.partitions)
  }
}
