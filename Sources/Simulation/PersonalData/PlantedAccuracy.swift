public import Records

/// How many planted values a redactor hides, and how much it hides that it should not.
public struct PlantedAccuracy: Sendable, Equatable, Codable {
    /// What became of the values of one family.
    public struct Family: Sendable, Equatable, Codable {
        /// Nothing yet.
        public init() {}

        /// How many were planted.
        public var planted = 0
        /// How many keep at least one character outside of findings; of near-misses, how many a finding touches.
        public var wrong = 0
        /// How many characters stayed, or were hidden for nothing.
        public var wrongCharacters = 0
    }

    /// Values that must be hidden, by family.
    public var leaks: [String: Family] = [:]
    /// Near-misses that must stay, by family.
    public var nearMisses: [String: Family] = [:]
    /// Findings in the text without plants, by kind.
    public var carrierFindings: [String: Int] = [:]
    /// The bytes of the text without plants, in millions.
    public var carrierMegabytes = 0.0
    /// Findings in the text without plants a million bytes, those apart whose form says all.
    ///
    /// Form says all about e-mail and network addresses and user folders. Nobody has labelled the text, so real secrets in it count
    /// as false too.
    public var falseFindingsPerMB = 0.0

    private static let evidentKinds: Set<String> = ["email", "ip", "mac", "username"]

    /// Redacts a planted text and the text without plants, and compares.
    public init(of redactor: Redactor, on planted: PlantedText, carrier: [UInt8]) {
        let findings = redactor.findings(in: RawText(bytes: planted.bytes))
        var next = 0
        for plant in planted.plants {
            while next < findings.count, findings[next].range.upperBound <= plant.range.lowerBound { next += 1 }
            var hidden = 0
            var index = next
            while index < findings.count, findings[index].range.lowerBound < plant.range.upperBound {
                hidden += findings[index].range.clamped(to: plant.range).count
                index += 1
            }
            let wrong = plant.item.mustBeHidden ? plant.range.count - hidden : hidden
            Self.count(wrong, in: plant.item.mustBeHidden ? \.leaks : \.nearMisses, plant.item.family, &self)
        }
        for finding in redactor.findings(in: RawText(bytes: carrier)) {
            carrierFindings[finding.kind.name, default: 0] += 1
        }
        carrierMegabytes = Double(carrier.count) / 1e6
        let counted = carrierFindings.filter { !Self.evidentKinds.contains($0.key) }.values.reduce(0, +)
        falseFindingsPerMB = carrier.isEmpty ? 0 : Double(counted) / carrierMegabytes
    }

    private static func count(
        _ wrong: Int, in families: WritableKeyPath<Self, [String: Family]>, _ family: String, _ accuracy: inout Self
    ) {
        accuracy[keyPath: families][family, default: Family()].planted += 1
        if wrong > 0 { accuracy[keyPath: families][family, default: Family()].wrong += 1 }
        accuracy[keyPath: families][family, default: Family()].wrongCharacters += wrong
    }
}
