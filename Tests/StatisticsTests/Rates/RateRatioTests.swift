import Foundation
import Statistics
import Testing

struct RateRatioTests {
    /// Numbers stand as the reference prints them.
    struct Row: Sendable {
        let events: Int, exposure: Double, others: Int, otherExposure: Double
        let ratio: String, twoSided: String, low: String, high: String
        var greater: String?, mid: String?
    }

    // scipy 1.17.1 and R 4.2.2 poisson.test.
    static let rows = [
        Row(
            events: 30, exposure: 10_000, others: 20, otherExposure: 20_000, ratio: "3", twoSided: "1.269499608e-4",
            low: "1.6482637984618", high: "5.573508613924", greater: "1.000123e-4", mid: "6.55934e-5"),
        Row(
            events: 3, exposure: 500, others: 0, otherExposure: 10_000, ratio: "inf", twoSided: "1.079797e-4",
            low: "8.26462710061788", high: "inf", greater: "1.079797e-4", mid: "5.39898e-5"),
        Row(
            events: 12, exposure: 4_000, others: 15, otherExposure: 9_000, ratio: "1.8", twoSided: ".1440290868",
            low: ".7693188363402137", high: "4.119170175958971", greater: ".094102306", mid: ".0689253486"),
        Row(
            events: 150, exposure: 1e6, others: 100, otherExposure: 1e6, ratio: "1.5", twoSided: "1.8833009e-3",
            low: "1.156948196977436", high: "1.9517449279899042", greater: "9.416505e-4", mid: "7.740943e-4"),
        Row(
            events: 60, exposure: 51_477.5, others: 30, otherExposure: 54_308.7, ratio: "2.1099975718",
            twoSided: "6.751826586863219e-4", low: "1.3397357217716694", high: "3.3883655736243234",
            greater: "4.280527e-4"),
        Row(
            events: 11, exposure: 800, others: 21, otherExposure: 3_011, ratio: "1.97148809524",
            twoSided: ".07966863303", low: ".85842640339", high: "4.27726594365"),
    ]

    /// Whether a number is the printed one when it is rounded to its digits, or to the ten that are right in all references.
    private func agree(_ found: Double, _ printed: String?) throws -> Bool {
        guard let printed else { return true }
        let frozen = try #require(Double(printed))
        guard frozen.isFinite else { return found == frozen }
        let digits = printed.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }.count
        let place = pow(10, floor(log10(abs(frozen))) + 1 - Double(min(digits, 10)))
        return abs(found - frozen) <= (digits > 3 ? 0.51 * place : 1e-12)
    }

    @Test(arguments: rows) func `ratios, p-values and intervals are those of the reference`(row: Row) throws {
        let ratio = try #require(
            RateRatio(
                events: row.events, exposure: row.exposure, otherEvents: row.others, otherExposure: row.otherExposure))
        #expect(try agree(ratio.estimate, row.ratio))
        #expect(try agree(ratio.pValueGreater, row.greater))
        #expect(try agree(ratio.midPValueGreater, row.mid))
        #expect(try agree(ratio.pValueTwoSided, row.twoSided))
        let interval = ratio.interval(level: 0.95)
        #expect(try agree(interval.lowerBound, row.low))
        #expect(try agree(interval.upperBound, row.high))
    }

    // mpmath, Reference/many_events.py: one exposure is so much larger that the other's events are nearly Poisson.
    @Test(arguments: [
        (
            12, 3_000_000_000, 1.0, 1e9,
            [7.138663007895822e-5, 4.3767839441725724e-5, 2.0668583672318308, 6.9871950264950423]
        ),
        (3_000_000_000, 2, 1e9, 1, [0.42319008123886442, 0.3111691773551601, 0.41524286382511055, 12.385982978907007]),
    ])
    func `few events against many`(
        events: Int, others: Int, exposure: Double, otherExposure: Double, reference: [Double]
    ) throws {
        let ratio = try #require(
            RateRatio(events: events, exposure: exposure, otherEvents: others, otherExposure: otherExposure))
        let interval = ratio.interval(level: 0.95)
        let found = [ratio.pValueGreater, ratio.midPValueGreater, interval.lowerBound, interval.upperBound]
        for (value, expected) in zip(found, reference) { #expect(abs(value / expected - 1) < 1e-12) }
    }

    @Test func `events that count in part lie between whole ones`() throws {
        func ratio(_ events: Double, _ others: Double) throws -> RateRatio {
            try #require(RateRatio(events: events, exposure: 10, otherEvents: others, otherExposure: 20))
        }
        let (less, part, more) = (try ratio(6, 8), try ratio(6.4, 8), try ratio(7, 8))
        #expect(less.midPValueGreater > part.midPValueGreater && part.midPValueGreater > more.midPValueGreater)
        let bounds = [less, part, more].map { $0.interval(level: 0.9) }
        #expect(bounds[0].lowerBound < bounds[1].lowerBound && bounds[1].lowerBound < bounds[2].lowerBound)
        #expect(bounds[0].upperBound < bounds[1].upperBound && bounds[1].upperBound < bounds[2].upperBound)
        #expect(abs(part.estimate - 1.6) < 1e-12)
        // Many and few events, where a quantile lies near an end.
        let tiny = try ratio(0.02, 4_000).interval(level: 0.9)
        #expect(tiny.lowerBound >= 0 && tiny.upperBound < 0.01 && tiny.upperBound > 0)
    }

    @Test func `nothing against nothing tells nothing`() throws {
        let ratio = try #require(RateRatio(events: 0, exposure: 10, otherEvents: 0, otherExposure: 20))
        #expect(ratio.estimate.isNaN)
        #expect(ratio.pValueGreater == 1 && ratio.pValueTwoSided == 1)
        #expect(ratio.interval(level: 0.9) == 0...Double.infinity)
    }

    @Test func `what is no count or no exposure is refused`() {
        #expect(RateRatio(events: -1, exposure: 1, otherEvents: 0, otherExposure: 1) == nil)
        #expect(RateRatio(events: 1, exposure: 0, otherEvents: 0, otherExposure: 1) == nil)
        #expect(RateRatio(events: 1, exposure: 1, otherEvents: 0, otherExposure: .infinity) == nil)
    }

    @Test(arguments: [(5, 9), (9, 5), (0, 4), (40, 3)])
    func `two-sided p-values are sums over all outcomes that are no likelier`(first: Int, second: Int) throws {
        let ratio = try #require(RateRatio(events: first, exposure: 2, otherEvents: second, otherExposure: 3))
        let sum = first + second
        func probability(_ count: Int) -> Double {
            var value = 1.0
            for step in 0..<count { value *= Double(sum - step) / Double(step + 1) * 0.4 }
            for _ in count..<sum { value *= 0.6 }
            return value
        }
        let total = (0...sum).map(probability).filter { $0 <= probability(first) * (1 + 1e-9) }.reduce(0, +)
        #expect(abs(ratio.pValueTwoSided - total) < 1e-10)
    }
}
