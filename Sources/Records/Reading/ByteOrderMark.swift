/// The mark with which some programs begin texts in UTF-8.
public enum ByteOrderMark {
    /// The bytes of a mark at the start of a text; 0 without one.
    public static func count(_ start: some Collection<UInt8>) -> Int {
        start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }
}
