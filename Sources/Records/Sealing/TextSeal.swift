internal import Crypto
internal import FoundationEssentials

/// Seals what must be readable again, and finds it again without opening it.
///
/// A text is sealed with ChaCha20-Poly1305 (RFC 8439) under a random nonce. The id of the store and the place of the cell are
/// authenticated with it, so that cells of two stores, rows or columns cannot be swapped unnoticed. Equal texts are found
/// through ``hash(_:as:)``, under another key. Up to 2³² texts may be sealed with one key.
public struct TextSeal: Sendable {
    private let store: [UInt8]
    private let sealing: SymmetricKey
    private let lookup: SymmetricKey
    /// What tells keys apart without giving them away: 16 bytes, the same for the same key and store.
    public let check: [UInt8]

    /// Derives the keys of a store.
    ///
    /// - Parameters:
    ///   - key: The tenant's key.
    ///   - store: The random id of the store.
    public init(_ key: TenantKey, store: [UInt8]) {
        self.store = store
        sealing = key.derived(for: "sealing", in: store)
        lookup = key.derived(for: "lookup", in: store)
        check = key.derived(for: "check", in: store).withUnsafeBytes { Array($0.prefix(16)) }
    }

    /// Seals a text for one place.
    ///
    /// - Throws: ``SealError/refused``.
    public func seal(_ text: RawText, in cell: SealedCell) throws(SealError) -> SealedText {
        guard let box = try? ChaChaPoly.seal(text.bytes, using: sealing, authenticating: place(cell)) else {
            throw .refused
        }
        return SealedText(stored: Array(box.combined))
    }

    /// Opens a text at its place.
    ///
    /// - Throws: ``SealError/refused`` when the key, the store or the place is another one, or the bytes were changed.
    public func open(_ text: SealedText, in cell: SealedCell) throws(SealError) -> RawText {
        RawText(bytes: try bytes(of: text, in: cell))
    }

    /// Opens the name of a company, which an agent has to read; for the store alone.
    ///
    /// - Throws: As ``open(_:in:)``.
    @_spi(Stored) public func string(of text: SealedText, in cell: SealedCell) throws(SealError) -> String {
        String(decoding: try bytes(of: text, in: cell), as: UTF8.self)
    }

    /// By which equal texts of one kind are found: 128 bits of HMAC-SHA256 (RFC 2104).
    public func hash(_ text: RawText, as kind: String) -> [UInt8] {
        let message = Self.parts([Array(kind.utf8), text.bytes])
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: lookup).prefix(16))
    }

    private func bytes(of text: SealedText, in cell: SealedCell) throws(SealError) -> [UInt8] {
        guard let box = try? ChaChaPoly.SealedBox(combined: text.bytes),
            let opened = try? ChaChaPoly.open(box, using: sealing, authenticating: place(cell))
        else { throw .refused }
        return Array(opened)
    }

    private func place(_ cell: SealedCell) -> [UInt8] {
        Self.parts([store, Array(cell.column.utf8)] + cell.row.map { Array($0.utf8) })
    }

    /// Each part behind its length, so that no two lists of parts give the same bytes.
    private static func parts(_ parts: [[UInt8]]) -> [UInt8] {
        parts.flatMap { part in
            (0..<8).map { UInt8(truncatingIfNeeded: part.count >> (8 * $0)) } + part
        }
    }
}

/// Why a text could not be sealed or opened.
public enum SealError: Error, Equatable, Sendable {
    /// The key does not fit, or the text was changed or moved.
    case refused
}
