internal import Crypto
internal import FoundationEssentials

/// A tenant's secret, of which every other key of the tenant is derived; destroying it destroys all that was sealed with it.
public struct TenantKey: Sendable {
    private let secret: SymmetricKey

    /// Takes a secret.
    ///
    /// - Parameter bytes: ``Redactor/leastKeyBytes`` bytes or more, made by a random generator: they are not stretched, so
    ///   a password that can be guessed protects nothing.
    /// - Returns: nil when it is too short.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count >= Redactor.leastKeyBytes else { return nil }
        secret = SymmetricKey(data: bytes)
    }

    /// A key of 256 bits for one purpose in one store, by HKDF-SHA256 (RFC 5869) with the id of the store as salt.
    func derived(for purpose: String, in store: [UInt8]) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, salt: store, info: Array("casebook \(purpose)".utf8), outputByteCount: 32)
    }
}
