internal import Crypto
internal import Foundation
public import Records

/// What stands in a store for the id of a message, such as the Message-ID of a mail: a hash under the tenant's key.
public struct MessageKey: Sendable, Hashable {
    let bytes: Data

    /// What is kept of a message that was removed: a hash of this hash, which can be made without the tenant's key.
    var forgotten: Data { Data(SHA256.hash(data: Data("forgotten message".utf8) + bytes)) }

    /// 16 hexadecimal digits, for ids that are made of it.
    public var digits: String {
        bytes.prefix(8).hexadecimal
    }
}

extension TenantStore {
    /// The key of an id.
    ///
    /// - Throws: ``StorageError/noKey(file:)``.
    public func messageKey(_ id: RawText) throws(StorageError) -> MessageKey {
        MessageKey(bytes: Data(try seal().hash(id, as: "message")))
    }
}
