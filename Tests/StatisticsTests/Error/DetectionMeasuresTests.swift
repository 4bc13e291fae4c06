import Statistics
import Testing

struct DetectionMeasuresTests {
    @Test func `precision is that at the prevalence, whatever the test holds`() {
        // A tenth of the normal and half of the anomalous flagged, at 20 %: 0.1 / (0.1 + 0.08).
        let normal = [true] + [Bool](repeating: false, count: 9)
        let measures = DetectionMeasures(normal: normal, anomalous: [true, false], prevalence: 0.2)
        #expect(abs(measures.precision - 0.1 / 0.18) < 1e-12)
        #expect(measures.recall == 0.5)
        #expect(measures.falseAlarmRate == 0.1)
        #expect(abs(measures.f1 - 2 * measures.precision * 0.5 / (measures.precision + 0.5)) < 1e-12)
        let more = DetectionMeasures(
            normal: normal + normal, anomalous: [true, false], prevalence: 0.2)
        #expect(more == measures)
    }

    @Test func `nothing flagged is zero, not a fault`() {
        let none = DetectionMeasures(normal: [false], anomalous: [false], prevalence: 0.5)
        #expect(none.precision == 0 && none.recall == 0 && none.f1 == 0)
    }

    @Test func `flagging everything is what a measure has to beat`() {
        let all = DetectionMeasures(normal: [true, true], anomalous: [true], prevalence: 0.3)
        #expect(abs(all.f1 - DetectionMeasures.flagEverything(prevalence: 0.3)) < 1e-12)
    }

    @Test func `the area under the curve counts pairs, ties half`() {
        // Pairs (2 or 3) against (1, 2): 2>1, 2=2, 3>1, 3>2.
        #expect(DetectionMeasures.auroc(normal: [1, 2], anomalous: [2, 3]) == 3.5 / 4)
        #expect(DetectionMeasures.auroc(normal: [], anomalous: [1]).isNaN)
    }

    @Test func `average precision is one where all anomalies come first`() {
        let best = DetectionMeasures.averagePrecision(normal: [0, 1], anomalous: [2, 3], prevalence: 0.1)
        #expect(abs(best - 1) < 1e-12)
        let flat = DetectionMeasures.averagePrecision(normal: [1, 1], anomalous: [1], prevalence: 0.1)
        #expect(abs(flat - 0.1) < 1e-12)
        #expect(DetectionMeasures.averagePrecision(normal: [1], anomalous: [], prevalence: 0.1).isNaN)
    }
}
