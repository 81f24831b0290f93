import Postgres
import TestSupport

extension Interruption {
  var interrupts: Interrupts { Interrupts(fileDescriptor: descriptor) { self.take() } }
}
