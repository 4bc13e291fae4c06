import Statistics
import Testing

struct FisherExactTestTests {
    @Test func `the lady who tastes tea`() throws {
        // Of 70 ways to choose four cups of eight, 16 have three right and one has all.
        let test = try #require(FisherExactTest((3, 1), (1, 3)))
        #expect(abs(test.pValueGreater - 17 / 70.0) < 1e-12)
        #expect(abs(test.midPValueGreater - 9 / 70.0) < 1e-12)
    }

    // By the sum of exact fractions, Python 3.11.
    @Test(arguments: [
        ((14, 10), (80, 260), 0.0004783423168553402, 0.00028615047012566815),
        ((40, 160), (400, 900), 0.9995077120514773, 0.9992956270078521),
    ])
    func `exact sums`(first: (Int, Int), second: (Int, Int), greater: Double, mid: Double) throws {
        let test = try #require(FisherExactTest(first, second))
        #expect(abs(test.pValueGreater - greater) < 1e-9)
        #expect(abs(test.midPValueGreater - mid) < 1e-9)
    }

    // mpmath, Reference/many_events.py.
    @Test func `few of very many`() throws {
        let test = try #require(FisherExactTest((12, 999_999_988), (3, 999_999_997)))
        #expect(abs(test.pValueGreater / 0.017578124666748048 - 1) < 1e-12)
        #expect(abs(test.midPValueGreater / 0.010635375757865907 - 1) < 1e-12)
    }

    @Test func `ends of the range`() throws {
        #expect(try abs(#require(FisherExactTest((0, 5), (3, 2))).pValueGreater - 1) < 1e-12)
        #expect(try #require(FisherExactTest((0, 0), (0, 0))).pValueGreater == 1)
        #expect(try #require(FisherExactTest((2, 3), (0, 0))).pValueGreater == 1)
        // One way of 792 to choose five of twelve.
        #expect(try abs(#require(FisherExactTest((5, 0), (0, 7))).pValueGreater - 1 / 792.0) < 1e-12)
        #expect(FisherExactTest((-1, 5), (3, 2)) == nil)
    }
}
