internal import Crypto
internal import Glibc
internal import Records

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
public enum Checksum {
    /// What stands in the place of a checksum while the bytes around it are hashed.
    static let blank = String(repeating: "0", count: 64)

    /// The checksum of bytes.
    public static func sha256(_ bytes: [UInt8]) -> String {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().hexadecimal
    }

    /// The bytes with the first occurrence of a checksum blanked out; unchanged when it does not occur or is none.
    ///
    /// - Complexity: O(*n*).
    static func blanking(_ checksum: String, in bytes: [UInt8]) -> [UInt8] {
        let sought = Array(checksum.utf8)
        guard sought.count == blank.utf8.count, bytes.count >= sought.count else { return bytes }
        let place = bytes.withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            let last = bytes.count - sought.count
            var start = 0
            while start <= last, let hit = memchr(base + start, Int32(sought[0]), last - start + 1) {
                if memcmp(hit, sought, sought.count) == 0 { return UnsafeRawPointer(hit) - base }
                start = UnsafeRawPointer(hit) - base + 1
            }
            return nil
        }
        guard let place else { return bytes }
        var blanked = bytes
        blanked.replaceSubrange(place..<(place + sought.count), with: blank.utf8)
        return blanked
    }
}
