import Records
import Statistics
import Testing

/// Texts that were damaged at random: nothing crashes, what is left is settled, and nothing outside of findings changes.
struct RedactionMutationTests {
    private static let corpus = [
        "Jane Doe <jane.doe@example.com> called from +49 (0)30 901820, card 4111 1111 1111 1111 (DE89 3704 0044 0532 0130 00)",
        "password=hunter2! token: \"abcDEF123456\" Authorization: Bearer a1B2c3D4e5F6g7H8 https://u:p4ssw0rd@10.20.30.40:80/?api_key=Zx81kk20aa",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bq8xk3l2vQ1m9c0sZt5\n-----END RSA PRIVATE KEY-----",
        "2001:db8::8a2e:370:7334 00:1B:44:11:3A:B7 078-05-1121 RSSMRA85T10A562S 943 476 5919 /home/jdoe/x C:\\Users\\Jane Doe\\y",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3 AKIAIOSFODNN7EXAMPLE passport number is C01X00T47 mysql -u app -ps3cr3tXy",
        "06 12 34 56 78 030/2345678 001-212-555-0188x1234 081109 203615 148 INFO 2024-05-06T09:30:00.123Z 10.17.1.0 <email:0123456789abcdef0123>",
        "20240506 093000 148 INFO net.Peer: block moved src: /10.41.19.102:54106 dest: /10.41.19.7:50010 version 10.0.0.1, -u 10.9.8.7:x1",
        "May 06 09:30:00 host sshd[148]: Failed password for invalid user jdoe from 203.0.113.77 port 39812 (mail=jdoe@example.com) 030 1234567",
    ].map { Array($0.utf8) }

    private func mutated(_ generator: inout SplitMix64) -> [UInt8] {
        func pick() -> [UInt8] { Self.corpus[Int.random(in: 0..<Self.corpus.count, using: &generator)] }
        var bytes = pick()
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &generator)))
            case 2: bytes = Array(bytes[place...] + bytes[..<place])
            case 3:
                let other = pick()
                let from = Int.random(in: 0..<other.count, using: &generator)
                bytes.insert(
                    contentsOf: other[from..<min(other.count, from + Int.random(in: 1...40, using: &generator))],
                    at: place)
            case 4:
                let marks = Array("\n\r\0<>:=@\"' -./\\(){}[]&;,+~".utf8)
                bytes.insert(marks[Int.random(in: 0..<marks.count, using: &generator)], at: place)
            default: if place < bytes.count { bytes[place] = bytes[Int.random(in: 0..<bytes.count, using: &generator)] }
            }
            if bytes.isEmpty { bytes = [0x20] }
        }
        return bytes
    }

    @Test(arguments: 0..<8)
    func `damaged texts`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let redactor = try Redactors.with { $0.contacts = [.init(person: "Jane Doe", company: "Example Ltd")] }
        for _ in 0..<2_500 {
            let bytes = mutated(&generator)
            let findings = redactor.findings(in: RawText(bytes: bytes))
            var last = 0
            for finding in findings {
                #expect(
                    finding.range.lowerBound >= last && finding.range.upperBound <= bytes.count
                        && !finding.range.isEmpty)
                #expect(finding.score > 0 && finding.score <= 1)
                last = finding.range.upperBound
            }
            var stream = RedactionStream(redactor)
            var once: [UInt8] = []
            bytes.withUnsafeBytes { stream.append($0, to: &once) }
            stream.finish(to: &once)
            // What stands between findings is there byte for byte, in order.
            var rest = once[...]
            var place = 0
            for finding in findings + [Finding(kind: .email, score: 1, range: bytes.count..<bytes.count)] {
                let kept = bytes[place..<finding.range.lowerBound]
                #expect(rest.starts(with: kept), "\(String(decoding: bytes, as: UTF8.self))")
                rest = rest.dropFirst(kept.count)
                if finding.range.isEmpty { break }
                rest = rest[((rest.firstIndex(of: UInt8(ascii: ">")) ?? rest.endIndex - 1) + 1)...]
                rest = rest.dropFirst(bytes[finding.range].count { $0 == 0x0A })
                place = finding.range.upperBound
            }
            #expect(rest.isEmpty)
            #expect(
                redactor.findings(in: RawText(bytes: once)) == [],
                "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
