import Connectors
import Records
import Testing

/// Reads a made-up system to its end, or until more pages were read than it can need.
private struct Reader {
    var cursor: TimeCursor
    let overlap = 60.0
    let pageSize: Int

    init(pageSize: Int, from start: Double = 0) {
        cursor = TimeCursor(from: Instant(seconds: start))
        self.pageSize = pageSize
    }

    /// One page by offset among the rows at or after the position, with the cursor sent through its text.
    mutating func page(of rows: [(id: Int, time: Double)], now: Double) -> (ids: [Int], isLast: Bool) {
        cursor = TimeCursor(cursor.feedCursor, from: Instant(seconds: -1))
        let found = rows.filter { $0.time >= cursor.position.seconds }.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
        let offset = cursor.token.flatMap { Int($0) } ?? 0
        let page = found.dropFirst(offset).prefix(pageSize)
        let end = offset + page.count
        cursor = cursor.after(
            page.map { Instant(seconds: $0.time) }, token: end < found.count ? "\(end)" : nil, overlap: overlap,
            at: Instant(seconds: now))
        return (page.map(\.id), end >= found.count)
    }

    mutating func all(of rows: [(id: Int, time: Double)], now: Double) -> Set<Int>? {
        var seen: Set<Int> = []
        for _ in 0...(2 * rows.count + 2) {
            let (ids, isLast) = page(of: rows, now: now)
            seen.formUnion(ids)
            if isLast { return seen }
        }
        return nil
    }
}

struct TimeCursorTests {
    @Test("A page full of one time comes to an end and loses nothing", arguments: [1, 2, 3, 7, 100])
    func oneTime(pageSize: Int) {
        let rows = (0..<40).map { (id: $0, time: $0 < 30 ? 500.0 : 501.0) }
        var reader = Reader(pageSize: pageSize)
        #expect(reader.all(of: rows, now: 1_000) == Set(0..<40))
    }

    @Test("A row that changes while the pages are read moves no other one out of sight")
    func movingRow() {
        var rows = (0..<20).map { (id: $0, time: Double($0)) }
        var reader = Reader(pageSize: 5)
        var seen = Set(reader.page(of: rows, now: 100).ids)
        rows[0].time = 50
        seen.formUnion(reader.all(of: rows, now: 100) ?? [])
        #expect(seen == Set(0..<20))
    }

    @Test("A change in the second that was read last is seen by the next look, and one that shows late too")
    func sameSecond() {
        var rows = [(id: 1, time: 500.0)]
        var reader = Reader(pageSize: 5)
        _ = reader.all(of: rows, now: 500)
        rows += [(id: 2, time: 500.0), (id: 3, time: 441.0)]
        #expect(reader.all(of: rows, now: 501)?.isSuperset(of: [2, 3]) == true)
    }

    @Test("A time ahead of the clock does not carry the next look past what comes meanwhile")
    func future() {
        var rows = [(id: 1, time: 100.0), (id: 2, time: 90_000.0)]
        var reader = Reader(pageSize: 1)
        _ = reader.all(of: rows, now: 200)
        rows.append((id: 3, time: 201.0))
        #expect(reader.all(of: rows, now: 202)?.contains(3) == true)
        #expect(reader.cursor.newest == Instant(seconds: 202))
    }

    @Test("Looks never begin earlier than the look before when old rows come up")
    func neverBackwards() {
        var reader = Reader(pageSize: 5)
        _ = reader.all(of: [(id: 1, time: 1_000.0)], now: 2_000)
        let before = reader.cursor
        let after = before.after([Instant(seconds: 10)], token: nil, overlap: 60, at: Instant(seconds: 2_000))
        #expect(after == before)
        // A system that ignores the question and sends everything ends by its tokens.
        let ignored = before.after([Instant(seconds: 10)], token: "5", overlap: 60, at: Instant(seconds: 2_000))
        #expect(ignored.position == before.position)
        #expect(ignored.token == "5")
    }

    @Test(
        "A row that shows a change of just now at its old place carries the reader past nothing",
        arguments: [false, true])
    func staleOrder(isAll: Bool) {
        let (now, lateness) = (1_000_000.0, TimeCursor.Lateness(unsettled: 300, lookBack: 1_800, every: 300))
        var cursor = TimeCursor(from: Instant(seconds: 0))
        var seen: Set<Int> = []
        for _ in 0..<100 {
            let found = (0..<200).filter { Double($0 * 100) >= cursor.position.seconds }
            let offset = cursor.token.flatMap { Int($0) } ?? 0
            let page = found.dropFirst(offset).prefix(10)
            seen.formUnion(page)
            // One of each page, or all of one page, was just changed.
            let times = page.map { Instant(seconds: $0 % 10 == 3 || isAll && 40..<50 ~= $0 ? now : Double($0 * 100)) }
            let end = offset + page.count
            cursor = cursor.after(
                times, token: end < found.count ? "\(end)" : nil, overlap: 120, at: Instant(seconds: now),
                lateness: lateness)
            if end >= found.count { break }
        }
        #expect(seen == Set(0..<200))
    }

    @Test("From time to time a look begins so far back that it finds what an index shows late")
    func looksBack() {
        let lateness = TimeCursor.Lateness(unsettled: 300, lookBack: 1_800, every: 300)
        var cursor = TimeCursor(from: Instant(seconds: 0))
        var begins: [Double] = []
        for now in stride(from: 10_000.0, to: 10_700, by: 100) {
            cursor = TimeCursor(cursor.feedCursor, from: Instant(seconds: 0))
            cursor = cursor.after(
                [Instant(seconds: 9_999)], token: nil, overlap: 120, at: Instant(seconds: now), lateness: lateness)
            begins.append(9_999 - cursor.position.seconds)
        }
        #expect(begins == [1_800, 120, 120, 1_800, 120, 120, 1_800])
    }

    @Test("Nothing found leaves the beginning where it is; what cannot be read begins anew")
    func beginning() {
        let start = Instant(seconds: 1_000)
        let empty = TimeCursor(from: start).after([], token: nil, overlap: 60, at: Instant(seconds: 2_000))
        #expect(empty == TimeCursor(from: start))
        for text in ["", "{}", "[1", #"{"position": "noon"}"#] {
            #expect(TimeCursor(FeedCursor(text), from: start) == TimeCursor(from: start))
        }
    }
}
