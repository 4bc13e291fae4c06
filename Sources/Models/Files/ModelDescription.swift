internal import FoundationEssentials

/// The content of model.json: the body's own keys and those of the registry, all at the top level.
struct ModelDescription<Body: Codable & Sendable>: Codable {
    var kind: String
    var version: Int
    var weightsSHA256: String
    /// SHA-256 of the file itself with this checksum written as zeros, so that an altered description is noticed too.
    var descriptionSHA256: String
    /// The body, or why it could not be read: the checksum comes first, so that damage is called damage.
    var body: Result<Body, any Error>

    enum CodingKeys: String, CodingKey {
        case formatVersion, kind, version, weightsSHA256, descriptionSHA256
    }

    init(body: Body, kind: String, version: Int, weightsSHA256: String) {
        self.kind = kind
        self.version = version
        self.weightsSHA256 = weightsSHA256
        descriptionSHA256 = Checksum.blank
        self.body = .success(body)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let formatVersion = try container.decode(Int.self, forKey: .formatVersion)
        guard formatVersion == ModelRegistry.formatVersion else {
            throw ModelDescriptionFault.formatVersion(formatVersion)
        }
        kind = try container.decode(String.self, forKey: .kind)
        version = try container.decode(Int.self, forKey: .version)
        weightsSHA256 = try container.decode(String.self, forKey: .weightsSHA256)
        descriptionSHA256 = try container.decode(String.self, forKey: .descriptionSHA256)
        body = Result { try Body(from: decoder) }
    }

    func encode(to encoder: any Encoder) throws {
        try body.get().encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ModelRegistry.formatVersion, forKey: .formatVersion)
        try container.encode(kind, forKey: .kind)
        try container.encode(version, forKey: .version)
        try container.encode(weightsSHA256, forKey: .weightsSHA256)
        try container.encode(descriptionSHA256, forKey: .descriptionSHA256)
    }

    /// The bytes of model.json, its own checksum included: sorted keys, indented, a line feed at the end.
    ///
    /// - Throws: ``ModelFileError/unwritableDescription(file:reason:)`` for values that JSON has no form for.
    func encoded(file: String) throws(ModelFileError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            var sealed = self
            sealed.descriptionSHA256 = Checksum.blank
            sealed.descriptionSHA256 = Checksum.sha256([UInt8](try encoder.encode(sealed)) + [UInt8(ascii: "\n")])
            return [UInt8](try encoder.encode(sealed)) + [UInt8(ascii: "\n")]
        } catch {
            throw .unwritableDescription(file: file, reason: ModelDescriptionFault.reason(error))
        }
    }

    /// Reads model.json.
    ///
    /// - Throws: ``ModelFileError/newerFormat(file:formatVersion:known:)`` or
    ///   ``ModelFileError/damagedDescription(file:reason:)``; the checksum is verified, the body still has to be taken
    ///   from its result.
    init(decoding bytes: [UInt8], file: String) throws(ModelFileError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch ModelDescriptionFault.formatVersion(let number) where number > ModelRegistry.formatVersion {
            throw .newerFormat(file: file, formatVersion: number, known: ModelRegistry.formatVersion)
        } catch {
            throw .damagedDescription(file: file, reason: ModelDescriptionFault.reason(error))
        }
        guard Checksum.sha256(Checksum.blanking(descriptionSHA256, in: bytes)) == descriptionSHA256 else {
            throw .damagedDescription(file: file, reason: "it does not match its checksum descriptionSHA256")
        }
    }
}

/// Why a description could not be followed.
enum ModelDescriptionFault: Error, CustomStringConvertible {
    /// The format is not the one that this program reads.
    case formatVersion(Int)

    var description: String {
        switch self {
        case .formatVersion(let number):
            "format version \(number) is not one that this program reads, which is \(ModelRegistry.formatVersion)"
        }
    }

    /// One line on an error of a coder, with the key's path.
    static func reason(_ error: any Error) -> String {
        let context: (path: [any CodingKey], text: String)
        switch error {
        case DecodingError.keyNotFound(let key, let found): context = (found.codingPath + [key], "the key is missing")
        case DecodingError.typeMismatch(_, let found), DecodingError.valueNotFound(_, let found),
            DecodingError.dataCorrupted(let found):
            context = (found.codingPath, found.debugDescription)
        case EncodingError.invalidValue(_, let found): context = (found.codingPath, found.debugDescription)
        default: context = ([], "\(error)")
        }
        let path = context.path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        return path.isEmpty ? context.text : "key \"\(path)\": \(context.text)"
    }
}
