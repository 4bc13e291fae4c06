/// The words of a text, as a scan cuts them: letters and digits.
struct WordRanges: Sequence, IteratorProtocol {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> Range<Int>? {
        guard let base = bytes.baseAddress else { return nil }
        var start = -1
        while place < bytes.count {
            let mark = WidePunctuation.count(at: place, base, bytes.count)
            let isWord = mark == 0 && ByteClass.table[Int(base[place])] & ByteClass.word.rawValue != 0
            if start >= 0, !isWord { return start..<place }
            if isWord, start < 0 { start = place }
            place += Swift.max(1, mark)
        }
        return start < 0 ? nil : start..<place
    }
}
