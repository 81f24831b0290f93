import Foundation
import IndexDesign

extension TimeZones {
  /// Those in the machine's own tables.
  static let ofThisMachine = TimeZones(
    named: { TimeZone(identifier: $0).map { $0 == .gmt ? "UTC" : $0.identifier } },
    all: { TimeZone.knownTimeZoneIdentifiers })
}

extension Moment {
  /// A point in time with the clocks of time zones as the machine's own tables know them.
  ///
  /// - Parameter zones: their names; one that is not known gets no clock.
  init(_ time: Timestamp, zones: some Sequence<String>) {
    self.init(time, clocks: Set(zones).compactMap { ZoneClock($0, at: time) })
  }
}

extension ZoneClock {
  /// What the clock of a time zone shows from a point in time on; nil when there is no such time zone.
  init?(_ zone: String, at time: Timestamp) {
    guard let timeZone = TimeZone(identifier: zone) else { return nil }
    var date = Date(timeIntervalSince1970: time.secondsSinceEpoch)
    self.init(zone: zone, offsetInSeconds: Int64(timeZone.secondsFromGMT(for: date)))
    let end = date.addingTimeInterval(Double(Self.span) * 86_400)
    while let next = timeZone.nextDaylightSavingTimeTransition(after: date), next > date, next < end {
      date = next
      shifts.append(
        Shift(
          at: Timestamp(secondsSinceEpoch: next.timeIntervalSince1970),
          offsetInSeconds: Int64(timeZone.secondsFromGMT(for: next))))
    }
  }
}
