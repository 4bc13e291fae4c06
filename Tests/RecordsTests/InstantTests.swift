import Records
import Statistics
import Testing

struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0.0), ("2024-05-01T10:00:00Z", 1_714_557_600), ("2024-05-01t10:00z", 1_714_557_600),
        ("2024-05-01T12:00:00+02:00", 1_714_557_600), ("2024-05-01T04:30:00-0530", 1_714_557_600),
        ("2024-05-01T12:00+02", 1_714_557_600), ("2024-05-01 10:00:00", 1_714_557_600),
        ("2024-05-01 10:00", 1_714_557_600), ("2024-05-01", 1_714_521_600),
        ("2024-05-01T10:00:00.250Z", 1_714_557_600.25), ("2024-05-01T10:00:00,5Z", 1_714_557_600.5),
        ("2024-05-01T10:00:00.1234567891234Z", 1_714_557_600.123456789), ("1969-12-31T23:59:59Z", -1),
    ])
    func `these are times`(text: String, seconds: Double) {
        #expect(Instant(iso8601: text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "soon", "2024", "2024-05", "2024-5-1", "2024-02-30", "2024-02-30 10:00:00", "2024-13-01", "2024-05-01T",
        "2024-05-01T10",
        "2024-05-01T10:0", "2024-05-01T10:00:", "2024-05-01T10:00:00.", "2024-05-01T24:00:00Z", "2024-05-01T10:60:00Z",
        "2024-05-01T10:00:60Z", "2024-05-01T10:00:00+24:00", "2024-05-01T10:00:00+02:60", "2024-05-01T10:00:00+2",
        "2024-05-01T10:00:00Z ", " 2024-05-01", "2024-05-01X10:00", "1714557600", "２024-05-01",
        "2024-05-01T10:00:00+02:0x",
    ])
    func `these are none`(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00Z"), (1_714_557_600.25, "2024-05-01T10:00:00.250Z"),
        (-0.001, "1969-12-31T23:59:59.999Z"),
        (1_714_557_599.9999, "2024-05-01T10:00:00Z"), (-62_167_219_200, "0000-01-01T00:00:00Z"),
        (Double.nan, "unknown"), (Double.infinity, "unknown"),
    ])
    func `it is written in UTC`(seconds: Double, text: String) {
        #expect(Instant(seconds: seconds).iso8601 == text)
    }

    @Test func `writing and reading give the same instant back`() {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<2_000 {
            let seconds = Double(Int.random(in: -2_000_000_000_000...4_000_000_000_000, using: &generator)) / 1_000
            #expect(Instant(iso8601: Instant(seconds: seconds).iso8601)?.seconds == seconds)
        }
    }

    @Test func `instants are ordered in time`() {
        #expect(Instant(seconds: 1) < Instant(seconds: 2))
        #expect(!(Instant(seconds: 2) < Instant(seconds: 2)))
    }
}
