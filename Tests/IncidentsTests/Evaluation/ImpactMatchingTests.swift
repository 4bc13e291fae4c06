import Incidents
import Records
import Statistics
import Testing

@Suite struct ImpactMatchingTests {
    @Test func `the sum of the overlaps counts, not the best pair`() {
        // 3/4 alone is less than 1/4 and 2/3.
        let truths = [incident("a", 0...10, [], lines: [1, 2, 3]), incident("b", 0...10, [], lines: [4])]
        let claims = [claim(0...10, [], lines: [1, 2, 3, 4]), claim(0...10, [], lines: [1, 2])]
        let matching = ImpactMatching(claims, truths)
        #expect(matching.incidents == [1, 0])
        #expect(matching.claims == [1, 0])
        #expect(matching.isOfSomething == [true, true])
    }

    @Test func `where the truth has no lines, time and accounts tell`() {
        let truths = [incident("a", 0...100, ["x", "y"]), incident("b", 0...100, ["z"])]
        let claims = [
            claim(0...100, [("z", 1), ("x", 0.3)]), claim(10...90, [("x", 0.7)]), claim(200...300, [("x", 1)]),
            claim(0...100, [("w", 1)]),
        ]
        let matching = ImpactMatching(claims, truths)
        #expect(matching.incidents == [1, 0, nil, nil])
        #expect(matching.isOfSomething == [true, true, false, false])
    }

    @Test func `the first line alone binds a claim, whatever its accounts are`() {
        let truths = [incident("a", 0...100, ["x"], firstLine: 17), incident("b", 0...100, ["x"], firstLine: 30)]
        let claims = [claim(0...100, [("w", 1)], lines: [30, 31]), claim(0...100, [("x", 1)], lines: [16, 18])]
        #expect(ImpactMatching(claims, truths).incidents == [1, 0])
    }

    @Test func `incidents of a moment can overlap`() {
        #expect(ImpactMatching([claim(5...5, [("x", 1)])], [incident("a", 5...5, ["x"])]).incidents == [0])
    }

    @Test func `without lines the true pairs are grouped by the claims that find them`() {
        let truths = [incident("a", 0...100, ["x", "y"]), incident("b", 50...100, ["v", "w"])]
        func f1(_ claims: [ImpactClaim]) -> Double {
            ImpactAccuracy.grouping(claims, truths, ImpactMatching(claims, truths)).f1
        }
        #expect(f1([claim(0...100, [("x", 1), ("y", 1)]), claim(50...100, [("v", 1), ("w", 1)])]) == 1)
        // One group of four for two of two: 2 of 6 pairs.
        #expect(abs(f1([claim(0...100, [("x", 1), ("y", 1), ("v", 1), ("w", 1)])]) - 2.0 / 4) < 1e-12)
        // a is split, b is whole: 1 of 2 pairs.
        #expect(
            abs(
                f1([claim(0...50, [("x", 1)]), claim(50...100, [("y", 1)]), claim(50...100, [("v", 1), ("w", 1)])])
                    - 2.0 / 3)
                < 1e-12)
        // What nobody finds is alone.
        #expect(f1([]) == 0)
    }
}
