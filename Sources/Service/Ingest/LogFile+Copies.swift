internal import Logs

extension LogFile {
    /// The bytes at the start and at the end of a copy that are compared.
    private static let probe = 1 << 16
    /// The bytes that a copy must have: fewer may be the same in every log of one program.
    private static let leastCopy = 1 << 10

    /// Whether all that this file holds stands at the start of another one, as far as its first and last bytes tell.
    ///
    /// Where only one of them is packed by gzip, the first bytes tell alone.
    func isCopy(of other: LogFile) -> Bool {
        if isGzip != other.isGzip {
            let (mine, others) = (unpackedStart, other.unpackedStart)
            let count = min(mine.count, others.count)
            return count >= Self.leastCopy && mine.prefix(count) == others.prefix(count)
        }
        let size = size
        guard size >= Self.leastCopy, size <= other.size else { return false }
        let end = max(0, size - Int64(Self.probe))
        let (first, last) = (min(Self.probe, Int(size)), Int(size - end))
        return bytes(at: 0, count: first) == other.bytes(at: 0, count: first)
            && bytes(at: end, count: last) == other.bytes(at: end, count: last)
    }

    private var unpackedStart: [UInt8] {
        let start = bytes(at: 0, count: Self.probe)
        return isGzip ? LogStream.unpacked(start, count: Self.probe) : start
    }
}
