import Testing

@testable import Incidents

struct ExposureCounterTests {
    /// Sessions of some hours, many by day and few by night.
    private let sessions = (0..<240).map { hour -> Double in
        let usual = [2, 1, 4, 30, 60, 50, 35, 9]
        return Double(usual[hour / 3 % 8] + hour * 7 % 3)
    }

    private func totals(_ counts: [Double], beginsAgainAt resets: Set<Int> = [], from first: Double = 0) -> [Double] {
        var total = first
        return counts.enumerated().map { place, count in
            total = (resets.contains(place) ? 0 : total) + count
            return total
        }
    }

    @Test func `a counter gives what each row adds, and all of it where it began again`() throws {
        #expect(try #require(ExposureCounter(totals(sessions))).increments == Array(sessions.dropFirst()))
        let restarted = totals(sessions, beginsAgainAt: [31, 100, 180])
        #expect(try #require(ExposureCounter(restarted)).increments == Array(sessions.dropFirst()))
    }

    @Test func `nights without use are no fall`() throws {
        let counts = sessions.map { $0 < 9 ? 0 : $0 }
        #expect(try #require(ExposureCounter(totals(counts))).increments == Array(counts.dropFirst()))
    }

    @Test func `counts of hours are no counter, nor are few rows`() {
        #expect(ExposureCounter(sessions) == nil)
        #expect(ExposureCounter([Double](repeating: 40, count: 240)) == nil)
        #expect(ExposureCounter((0..<240).map { $0 % 7 == 0 ? 1 : 0 }) == nil)
        #expect(ExposureCounter(totals(Array(sessions.prefix(20)))) == nil)
        #expect(ExposureCounter([]) == nil)
        #expect(ExposureCounter([3]) == nil)
    }

    @Test func `what stands and hardly grows is no counter, also where a row of it is missing`() {
        var accounts = totals([Double](repeating: 2, count: 240), from: 1_000)
        #expect(ExposureCounter(accounts) == nil)
        accounts[50] = 0
        #expect(ExposureCounter(accounts) == nil)
    }

    @Test func `a fall to half is of no counter`() {
        var totals = totals(sessions)
        totals[200] = totals[199] / 2
        #expect(ExposureCounter(totals) == nil)
    }
}
