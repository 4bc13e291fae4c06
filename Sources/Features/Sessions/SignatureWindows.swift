/// Cuts a stream of signatures into windows where it has no sessions of its own.
public enum SignatureWindows {
    /// Windows of a number of lines; the last one may be shorter.
    ///
    /// - Parameters:
    ///   - signatures: The signatures of the lines in order.
    ///   - lines: The lines of a window, at least 1.
    public static func byLines(_ signatures: [String], lines: Int) -> [[String]] {
        let lines = max(1, lines)
        return stride(from: 0, to: signatures.count, by: lines).map {
            Array(signatures[$0..<min($0 + lines, signatures.count)])
        }
    }

    /// Windows of equal time that begin at multiples of their length; windows without a line are left out.
    ///
    /// - Parameters:
    ///   - lines: The time in seconds and the signature of each line, in any order; times that are not finite are left out.
    ///   - seconds: The length of a window, positive.
    /// - Returns: The windows in the order of time, each with its begin; lines of equal time keep their order.
    public static func byTime(
        _ lines: [(time: Double, signature: String)], seconds: Double
    ) -> [(begin: Double, signatures: [String])] {
        guard seconds > 0 else { return [] }
        var windows: [Double: [(time: Double, signature: String)]] = [:]
        for line in lines where line.time.isFinite {
            windows[(line.time / seconds).rounded(.down), default: []].append(line)
        }
        return windows.keys.sorted().map { number in
            let ordered = (windows[number] ?? []).enumerated().sorted {
                ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
            }
            return (number * seconds, ordered.map(\.element.signature))
        }
    }

    /// Sessions by their id, in the order in which each id first occurs.
    ///
    /// - Parameter lines: The session's id and the signature of each line, in order.
    public static func bySession(
        _ lines: [(session: String, signature: String)]
    ) -> [(session: String, signatures: [String])] {
        var places: [String: Int] = [:]
        var sessions: [(session: String, signatures: [String])] = []
        for line in lines {
            if let place = places[line.session] {
                sessions[place].signatures.append(line.signature)
            } else {
                places[line.session] = sessions.count
                sessions.append((line.session, [line.signature]))
            }
        }
        return sessions
    }
}
