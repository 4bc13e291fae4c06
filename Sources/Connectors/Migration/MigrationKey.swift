internal import Crypto
internal import Records

/// The keys of what is done in another system because of a migration.
///
/// They are made of what they stand for, so that the same is done once, however often it is asked for.
enum MigrationKey {
    /// What stands last in the key of what opens a ticket.
    static let opening = "opening"

    static func key(_ parts: [String]) -> String {
        let digest = SHA256.hash(data: Array(parts.joined(separator: "\u{0}").utf8))
        return "m" + digest.prefix(12).hexadecimal
    }
}
