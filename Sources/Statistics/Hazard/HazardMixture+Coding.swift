internal import LinearAlgebra

extension HazardMixture: Codable {
    private enum CodingKeys: String, CodingKey {
        case settings, bandOfInterval, baseModels, ratios, losses, lossDay, groups, cachedDay, cachedRatios
    }

    /// Decodes a mixture.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        guard let bandOfInterval = try values.decode(NumberList.self, forKey: .bandOfInterval).integers else {
            throw DecodingError.dataCorruptedError(
                forKey: .bandOfInterval, in: values, debugDescription: "a band is a whole number")
        }
        self.init(
            settings: try values.decode(Settings.self, forKey: .settings), bandOfInterval: bandOfInterval,
            baseModels: try values.decode(Int.self, forKey: .baseModels),
            ratios: try values.decode([FadingCounts].self, forKey: .ratios),
            losses: try values.decode(NumberList.self, forKey: .losses).values,
            lossDay: try values.decodeIfPresent(Double.self, forKey: .lossDay),
            groups: try values.decode([String: FadingCounts].self, forKey: .groups),
            cachedDay: try values.decode(Double.self, forKey: .cachedDay),
            cachedRatios: try values.decode([NumberList].self, forKey: .cachedRatios).map(\.values))
    }

    /// Encodes the mixture, the ratios that are in use included: a later moment would give others.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(settings, forKey: .settings)
        try values.encode(NumberList(bandOfInterval), forKey: .bandOfInterval)
        try values.encode(baseModels, forKey: .baseModels)
        try values.encode(ratios, forKey: .ratios)
        try values.encode(NumberList(losses), forKey: .losses)
        try values.encodeIfPresent(lossDay, forKey: .lossDay)
        try values.encode(groups, forKey: .groups)
        try values.encode(cachedDay, forKey: .cachedDay)
        try values.encode(cachedRatios.map { NumberList($0) }, forKey: .cachedRatios)
    }
}
