extension Sequence<UInt8> {
    /// The bytes in hexadecimal: two small letters or digits a byte.
    public var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
