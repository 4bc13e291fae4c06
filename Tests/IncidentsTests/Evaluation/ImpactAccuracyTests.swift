import Foundation
import Incidents
import Records
import Testing

@Suite struct ImpactAccuracyTests {
    @Test func `a perfect claim has perfect measures`() {
        let truth = ImpactTruth(incidents: [
            incident("a", 0...100, ["x", "y"], lines: [1, 2, 3], rank: 1, tickets: ["t"]),
            incident("b", 200...300, ["z"], lines: [7, 8], rank: 2),
        ])
        let claims = [
            claim(0...100, [("x", 1), ("y", 1)], lines: [1, 2, 3], severity: 5, detectedAt: 10),
            claim(200...300, [("z", 1)], lines: [7, 8], severity: 2),
        ]
        let measured = ImpactAccuracy(claims, truth: truth, tickets: ["t": at(40)], weeks: 2)
        #expect(measured.precision == 1)
        #expect(measured.recall == 1)
        #expect(measured.calibrationError == 0)
        #expect(measured.incidentPairF1 == 1)
        #expect(measured.severityNdcgAt10 == 1)
        #expect(measured.detectedBeforeFirstTicket == 1)
        #expect(measured.falseIncidentsPerWeek == 0)
        #expect(measured.incidents == 2)
        #expect(measured.found == 2)
    }

    @Test func `pairs count from a probability of one half, and all of them for calibration`() {
        let truth = ImpactTruth(incidents: [incident("a", 0...100, ["x", "y", "z"], lines: [1])])
        // x is right, w is wrong, y is not claimed loudly enough, z not at all.
        let claims = [claim(0...100, [("x", 0.9), ("w", 0.5), ("y", 0.4)], lines: [1])]
        let measured = ImpactAccuracy(claims, truth: truth, tickets: [:], weeks: 1)
        #expect(measured.precision == 0.5)
        #expect(abs(measured.recall - 1.0 / 3) < 1e-12)
        #expect(abs(measured.calibrationError - (0.1 + 0.5 + 0.6) / 3) < 1e-12)
    }

    @Test func `an account that is named twice counts once, with the larger probability`() {
        let truth = ImpactTruth(incidents: [incident("a", 0...100, ["x"], lines: [1])])
        let measured = ImpactAccuracy(
            [claim(0...100, [("x", 0.2), ("x", 1), ("w", 1), ("w", 0.9)], lines: [1])], truth: truth, tickets: [:],
            weeks: 1)
        #expect(measured.precision == 0.5)
        #expect(measured.recall == 1)
        #expect(measured.calibrationError == 0.5)
    }

    @Test func `an incident that is claimed in two halves costs precision and grouping but is no false incident`() {
        let truth = ImpactTruth(incidents: [incident("a", 0...100, ["x", "y"], lines: [1, 2, 3, 4, 5])])
        let claims = [
            claim(0...60, [("x", 1), ("y", 1)], lines: [1, 2, 3]),
            claim(60...100, [("x", 1), ("y", 1)], lines: [4, 5]),
        ]
        let measured = ImpactAccuracy(claims, truth: truth, tickets: [:], weeks: 1)
        #expect(measured.precision == 0.5)
        #expect(measured.recall == 1)
        // Pairs of lines: 3 and 1 of 10.
        #expect(abs(measured.incidentPairF1 - 2 * 0.4 / 1.4) < 1e-12)
        #expect(measured.falseIncidentsPerWeek == 0)
        #expect(measured.found == 1)
    }

    @Test func `two incidents in one claim cost recall and grouping`() {
        let truth = ImpactTruth(incidents: [
            incident("a", 0...100, ["x"], lines: [1, 2, 3]), incident("b", 50...100, ["y"], lines: [4, 5]),
        ])
        let claims = [claim(0...100, [("x", 1), ("y", 1)], lines: [1, 2, 3, 4, 5])]
        let measured = ImpactAccuracy(claims, truth: truth, tickets: [:], weeks: 1)
        #expect(measured.precision == 0.5)
        #expect(measured.recall == 0.5)
        // 4 of the 10 pairs belong together.
        #expect(abs(measured.incidentPairF1 - 2 * 0.4 / 1.4) < 1e-12)
        #expect(measured.found == 1)
    }

    @Test func `a claim of nothing is a false incident, and all of its pairs are false`() {
        let truth = ImpactTruth(incidents: [incident("a", 0...100, ["x"], lines: [1])])
        let claims = [claim(0...100, [("x", 1)], lines: [1]), claim(500...600, [("x", 1)], lines: [90])]
        let measured = ImpactAccuracy(claims, truth: truth, tickets: [:], weeks: 0.5)
        #expect(measured.precision == 0.5)
        #expect(measured.falseIncidentsPerWeek == 2)
    }

    @Test func `without any claim nothing is wrong and nothing found`() {
        let truth = ImpactTruth(incidents: [incident("a", 0...100, ["x"], lines: [1], rank: 1, tickets: ["t"])])
        let measured = ImpactAccuracy([], truth: truth, tickets: ["t": at(5)], weeks: 1)
        #expect(measured.precision == 1)
        #expect(measured.recall == 0)
        #expect(measured.severityNdcgAt10 == 0)
        #expect(measured.detectedBeforeFirstTicket == 0)
        #expect(measured.found == 0)
    }

    @Test func `without any incident every claim is false`() {
        let measured = ImpactAccuracy(
            [claim(0...1, [("x", 1)], lines: [])], truth: ImpactTruth(incidents: []), tickets: [:], weeks: 1)
        #expect(measured.precision == 0)
        #expect(measured.recall == 1)
        #expect(measured.incidentPairF1 == 1)
        #expect(measured.severityNdcgAt10 == nil)
        #expect(measured.detectedBeforeFirstTicket == nil)
        #expect(measured.falseIncidentsPerWeek == 1)
    }

    @Test func `a severe claim of nothing above the incidents lowers the order of severity`() throws {
        let truth = ImpactTruth(incidents: [
            incident("a", 0...100, ["x"], lines: [1], rank: 2), incident("b", 0...100, ["y"], lines: [2], rank: 1),
        ])
        let claims = [
            claim(0...100, [("x", 1)], lines: [1], severity: 1), claim(0...100, [("y", 1)], lines: [2], severity: 2),
            claim(0...100, [("z", 1)], lines: [9], severity: 3),
        ]
        let order = try #require(ImpactAccuracy(claims, truth: truth, tickets: [:], weeks: 1).severityNdcgAt10)
        // Gains 0, 1, 1/2 against 1, 1/2, 0.
        #expect(abs(order - (1 / log2(3) + 0.25) / (1 + 0.5 / log2(3))) < 1e-12)
    }

    @Test func `only incidents that the log shows and somebody wrote of can be detected before the first ticket`() {
        let truth = ImpactTruth(incidents: [
            incident("early", 0...100, ["x"], lines: [1], tickets: ["p", "q"]),
            incident("late", 200...300, ["x"], lines: [2], tickets: ["r"]),
            incident("unwritten", 400...500, ["x"], lines: [3]),
            incident("unknown ticket", 600...700, ["x"], lines: [4], tickets: ["nowhere"]),
            incident("dark", 800...900, ["x"], lines: [], tickets: ["s"]),
        ])
        let claims = [
            claim(0...100, [("x", 1)], lines: [1], detectedAt: 50),
            claim(200...300, [("x", 1)], lines: [2], detectedAt: 251),
        ]
        let tickets = ["p": at(70), "q": at(50), "r": at(250), "s": at(801)]
        #expect(ImpactAccuracy(claims, truth: truth, tickets: tickets, weeks: 1).detectedBeforeFirstTicket == 0.5)
    }

    @Test func `the mean leaves out what a desk does not have`() throws {
        let none = ImpactAccuracy([], truth: ImpactTruth(incidents: []), tickets: [:], weeks: 1)
        let some = ImpactAccuracy(
            [], truth: ImpactTruth(incidents: [incident("a", 0...1, ["x"], lines: [1], rank: 1)]), tickets: [:],
            weeks: 1)
        let mean = try #require(ImpactAccuracy(meanOf: [none, some]))
        #expect(mean.recall == 0.5)
        #expect(mean.precision == 1)
        #expect(mean.severityNdcgAt10 == 0)
        #expect(mean.detectedBeforeFirstTicket == nil)
        #expect(mean.incidents == 1)
        #expect(ImpactAccuracy(meanOf: []) == nil)
    }
}
