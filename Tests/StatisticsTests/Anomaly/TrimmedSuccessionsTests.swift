import Glibc
import Statistics
import Testing

struct TrimmedSuccessionsTests {
    /// 995 sequences go one way, and 5 another, which all do alike.
    let fit = TrimmedSuccessions([([0, 1, 2, 3], 600), ([0, 1, 1, 2, 3], 395), ([0, 2, 1, 3], 5)], things: 4)

    @Test func `a way that few sequences go is left out of what is learned`() {
        #expect(fit.isOrdinary == [true, true, false])
        #expect(fit.order.sequences == 995)
        #expect(fit.threshold == -log(fit.share))
    }

    @Test func `what was left out is as rare as what was never seen`() {
        #expect(fit.order.rarity(of: [0, 2, 1, 3]) == log(996.0))
        #expect(fit.order.rarity(of: [0, 1, 2, 3]) < fit.threshold)
    }

    @Test func `a thing that nothing else has is rare among all sequences`() {
        let fit = TrimmedSuccessions([([0, 1], 999), ([0, 2, 1], 1)], things: 3)
        #expect(fit.isOrdinary == [true, false])
        #expect(fit.order.rarity(of: [0, 2, 1]) > fit.threshold)
    }

    @Test func `never more than a fifth is left out`() {
        let varied = (0..<100).map { (sequence: [Int32($0), Int32(99 - $0)], count: 1) }
        let fit = TrimmedSuccessions(varied, things: 100)
        #expect(fit.isOrdinary.count { !$0 } <= 20)
    }

    @Test func `of nothing nothing is learned`() {
        #expect(TrimmedSuccessions([], things: 0).isOrdinary.isEmpty)
    }
}
