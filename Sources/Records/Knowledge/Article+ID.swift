internal import Crypto

extension Article {
    /// The id of a new article about an issue group: `K-` and twelve hexadecimal digits.
    ///
    /// Customers read the id of an article, and a group is named after a ticket, whose id may name a customer.
    ///
    /// - Parameters:
    ///   - group: The id of the group.
    ///   - seal: The seal of the tenant's store; without one, who can guess the id of the group can tell that it is this one.
    public static func id(ofGroup group: String, seal: TextSeal?) -> String {
        let hash = seal?.hash(RawText(group), as: "article") ?? Array(SHA256.hash(data: Array(group.utf8)))
        return "K-" + hash.prefix(6).hexadecimal
    }
}
