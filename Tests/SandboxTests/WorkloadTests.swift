import Testing

@testable import Sandbox

@Suite struct WorkloadTests {
  @Test func `two runs make the same calls`() {
    var first = Workload(scale: .small)
    var second = Workload(scale: .small)
    for round in 0..<40 {
      #expect(first.newOrderCall() == second.newOrderCall())
      #expect(first.calls(round: round) == second.calls(round: round))
    }
  }

  @Test func `every call has as many values as its statement has parameters`() {
    var workload = Workload(scale: .small)
    let calls =
      (0..<60).flatMap { workload.calls(round: $0) } + [workload.newOrderCall()]
      + workload.callsForOrder("7")
    #expect(Set(calls.map(\.sql)).count >= 20)
    for call in calls {
      let highest = (1...9).last { call.sql.contains("$\($0)") }
      #expect(highest == call.parameters.count, "\(call.sql)")
    }
  }

  @Test func `ids stay within the data`() {
    var workload = Workload(scale: SandboxScale(customers: 3, products: 2, orders: 5, rounds: 1))
    for round in 0..<200 {
      for call in workload.calls(round: round) where call.sql == Workload.customerByID {
        #expect(["1", "2", "3"].contains(call.parameters[0]))
      }
    }
  }
}
