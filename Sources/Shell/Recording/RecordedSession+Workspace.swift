import IndexDesign
import Notebook
import Server

extension RecordedSession {
  /// What commands rest on now.
  init(_ workspace: Workspace) {
    self.init()
    let known = workspace.queries
    let last = known.lastText
    func recorded(_ query: Shell.Query) -> Query {
      Query(
        handle: query.handle, text: query.text, queryID: query.queryID ?? query.statistics?.queryID,
        isRanked: known.isRanked(query))
    }
    queries = known.all.map(recorded)
    self.last = last.map(recorded)
    for query in known.all + [last].compactMap(\.self) where workspace.plans[query.handle] != nil {
      planned[query.handle] = workspace.plans.values(of: query) ?? []
      if let place, workspace.plans.place(of: query.handle).map(place.isSame) == false {
        plannedElsewhere.insert(query.handle)
      }
    }
    place = workspace.place
    for design in workspace.designs.all {
      if let place, let first = design.places.first, !design.places.contains(where: place.isSame) {
        designsElsewhere[design.handle] = first
      }
      let definition = design.definition
      // The short form has no words for ON ONLY, and what it compares with at its end may look like a file.
      let short = definition.shortForm
      let isClear = (try? Redirection.split("hypo add " + short)).map { $0.1 == nil } == true
      designs[design.handle] = Design(
        definition: definition.onlyParent || !isClear ? definition.createStatement() + ";" : short,
        canBeHypothetical: definition.hypotheticalObstacle == nil)
    }
    guard let session = workspace.session else { return }
    settings = session.personalSettings
    active = Set(session.hypotheticals.active.map(\.handle))
    areDesignsSeen = session.hypotheticals.isEnabled
  }
}
