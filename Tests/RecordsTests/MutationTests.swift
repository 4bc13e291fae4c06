import Records
import Statistics
import Testing

/// Readers meet files that were damaged at random: nothing crashes and no row is lost.
struct MutationTests {
    private static let pieces: [[UInt8]] =
        ["\"", ",", "\n", "\r\n", "\"\"", "{", "}", "\\", ":", "\u{0}", "é", "-1e9", "null"].map { Array($0.utf8) } + [
            [0xFF], [0xEF, 0xBB, 0xBF],
        ]

    private func mutate(_ bytes: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0..<max(1, bytes.count), using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0:
                bytes.insert(
                    contentsOf: Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)],
                    at: min(place, bytes.count))
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...30, using: &generator)))
            case 2: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
            case 3: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
            }
            if bytes.isEmpty { break }
        }
        return bytes
    }

    @Test(arguments: 0..<20)
    func `damaged CSV`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let header = Array("id,opened,hours,closed,who,title,load\n".utf8)
        let rows = (0..<30).map {
            "t\($0),2024-05-0\(1 + $0 % 9) 1\($0 % 10):00,\($0).5,\($0 % 2),\"c \"\"\($0 % 4)\"\"\",\"two\nlines\",\($0 * 7).25\n"
        }
        let columns = TicketColumns(
            id: "id", openedAt: "opened", hoursToResolution: "hours", resolved: "closed", customer: "who",
            subject: "title", attributes: ["load"])
        let reader = try CSVReader(columns: columns, badRows: .areSetAside, redactor: Redactors.plain())
        for _ in 0..<100 {
            let body = mutate(Array(rows.joined().utf8), using: &generator)
            let reading = try reader.read([RecordFile(path: "t.csv", bytes: header + body)])
            #expect(Set(reading.table.ids).count == reading.table.count)
            #expect(reading.lines.count == reading.table.count)
            // What was set aside and nothing else is what the good rows leave over.
            let lines = reading.rejected.reduce(0) { $0 + 1 + $1.raw.count { $0 == 10 } }
            let good = reading.lines.count
            let physical = body.split(separator: 10, omittingEmptySubsequences: false).count
            #expect(lines + good <= physical)
            let strict = try CSVReader(columns: columns, redactor: Redactors.plain())
            let file = RecordFile(path: "t.csv", bytes: header + body)
            if let first = reading.rejected.first {
                #expect(throws: RecordError.invalidRow(first.fault)) { try strict.read([file]) }
            } else {
                #expect(try strict.read([file]).table.ids == reading.table.ids)
            }
            // Rows that were set aside are refused again, on their own.
            for row in reading.rejected where row.fault.reason != .duplicateId {
                let again = try reader.read([RecordFile(path: "t.csv", bytes: header + row.raw)])
                #expect(again.table.count == 0 && !again.rejected.isEmpty)
            }
        }
    }

    @Test(arguments: 0..<20)
    func `damaged JSON lines`(seed: UInt64) throws {
        var generator = SplitMix64(seed: 100 + seed)
        let rows = (0..<30).map {
            "{\"id\":\"t\($0)\",\"openedAt\":\"2024-05-01T10:00:00Z\",\"attributes\":{\"os\":\"l\($0 % 3)\",\"load\":\($0).5},\"note\":null}\n"
        }
        for _ in 0..<100 {
            let bytes = mutate(Array(rows.joined().utf8), using: &generator)
            var reader = try TicketLineReader(
                file: "t.ndjson", batchSize: 7, badRows: .areSetAside, redactor: Redactors.plain())
            var readings = try reader.read(bytes)
            readings += try reader.finish()
            let lines = (readings.flatMap(\.lines) + readings.flatMap(\.rejected).map(\.fault.line)).sorted()
            let physical = bytes.count { $0 == 10 } + (bytes.isEmpty || bytes.last == 10 ? 0 : 1)
            #expect(lines == Array(1...(physical + 1)).dropLast())
        }
    }
}
