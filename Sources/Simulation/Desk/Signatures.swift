import Records
import Statistics

/// The log signatures that customers of a synthetic desk see, with and without a ticket to follow.
enum Signatures {
    /// Signatures that mean nothing for the desk.
    private static let harmless = 30

    /// An id of the form that ids derived from content have: 16 hexadecimal digits.
    static func id(using generator: inout some RandomNumberGenerator) -> String {
        let digits = String(generator.next(), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The observations before a ticket that a defect lies behind: one to four, within a day.
    static func before(
        _ ticket: TicketDraw, customer: String, signature: String, using generator: inout some RandomNumberGenerator
    ) -> [SignatureObservation] {
        (0..<1 + min(3, generator.poisson(mean: 1))).map { _ in
            let lead = min(24, 0.1 + generator.exponential(rate: 1 / 4.0))
            return SignatureObservation(
                time: (ticket.opened - lead * Instant.hour).rounded(.down), customer: customer, signature: signature,
                severityNumber: 17, count: 1 + generator.poisson(mean: 5))
        }
    }

    /// Observations that no ticket follows from: warnings and errors of no consequence, and one in ten of a real defect.
    static func background(
        count: Int, customers: [Double], defects: [String], using generator: inout some RandomNumberGenerator
    ) -> [SignatureObservation] {
        let harmless = (0..<harmless).map { _ in
            (id: id(using: &generator), severity: generator.uniform() < 0.7 ? 13 : 17)
        }
        return (0..<count).map { _ in
            let time = Arrivals.start + (generator.uniform() * (Arrivals.end - Arrivals.start)).rounded(.down)
            let customer = customers.insertionPoint(of: generator.uniform() * (customers.last ?? 0))
            let isDefect = generator.uniform() < 0.1 && !defects.isEmpty
            let place = generator.uniform()
            let signature = harmless[Int(place * Double(harmless.count))]
            return SignatureObservation(
                time: time, customer: DeskNames.customer(min(customer, customers.count - 2)),
                signature: isDefect ? defects[Int(place * Double(defects.count))] : signature.id,
                severityNumber: isDefect ? 17 : signature.severity, count: 1 + generator.poisson(mean: 2))
        }
    }
}
