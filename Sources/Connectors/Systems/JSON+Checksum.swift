internal import Crypto
internal import Records

extension JSON {
    /// 24 small letters and digits that tell a value from other values: the beginning of the SHA-256 of its bytes.
    ///
    /// It is the version of a ticket where a system lists tickets without one, and its clock goes in seconds.
    var checksum: String {
        SHA256.hash(data: bytes).prefix(12).hexadecimal
    }
}
