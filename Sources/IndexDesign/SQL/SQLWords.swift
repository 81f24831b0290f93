/// The keywords that are worth a Tab, by place.
public enum SQLWords {
  private static let statements = ["select", "with", "values", "table"]
  private static let writing = ["insert into", "update", "delete from"]
  private static let operands = [
    "not", "exists (", "case", "null", "true", "false", "count(", "sum(", "min(", "max(", "avg(", "coalesce(",
  ]
  private static let comparisons = [
    "and", "or", "is null", "is not null", "in (", "not in (", "between", "like", "ilike", "asc", "desc",
  ]
  private static let tails = [
    "where", "group by", "having", "order by", "limit", "offset", "union all", "union", "except", "intersect",
  ]
  private static let joins = ["join", "left join", "right join", "full join", "cross join", "lateral"]

  /// In the order in which they are offered.
  public static func at(_ place: SQLPlace, isCondition: Bool = false) -> [String] {
    switch place {
    case .statement: return statements + writing
    case .relation: return ["only", "lateral"]
    case .afterRelation(let clause):
      switch clause {
      case "into": return ["values", "select", "("]
      case "update": return ["set", "as"]
      case "join": return ["on", "using (", "as"] + joins + tails
      default: return ["as"] + joins + tails
      }
    case .operand(let clause): return (clause == "select" ? ["distinct"] : []) + operands
    case .afterOperand(let clause):
      let logic = Array(comparisons.prefix(9))
      if isCondition { return logic }
      switch clause {
      case "select", "returning": return ["from", "as", "over ("] + logic
      case "by": return ["asc", "desc", "nulls first", "nulls last"] + tails
      case "set": return ["where", "returning"]
      case "on", "using": return logic + joins + tails
      default: return logic + tails
      }
    case .beforeBy: return ["by"]
    case .insertColumns, .unknown: return []
    }
  }
}
