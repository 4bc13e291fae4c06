import Records
import Statistics

/// Sessions of a service that opens, works in blocks and closes; drawn independently of each other.
enum GeneratedSessions {
    static func ordinary(_ count: Int, seed: UInt64) -> [LogSession] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { number in
            var signatures = ["open"]
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                signatures += ["begin"]
                signatures +=
                    Double.random(in: 0..<1, using: &generator) < 0.3 ? ["read", "read", "end"] : ["write", "end"]
            }
            if Double.random(in: 0..<1, using: &generator) < 0.1 { signatures.append("retry") }
            signatures.append("close")
            return LogSession(id: "o\(number)", signatures: signatures)
        }
    }

    static func anomalous(_ count: Int, seed: UInt64) -> [LogSession] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { number in
            let signatures =
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: ["open"]
                case 1: ["open", "begin", "write", "end", "corrupt", "close"]
                default: ["open", "begin", "begin", "begin", "begin", "close", "close"]
                }
            return LogSession(id: "a\(number)", signatures: signatures)
        }
    }
}
