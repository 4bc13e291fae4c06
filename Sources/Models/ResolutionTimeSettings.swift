public import Statistics

/// The hyper-parameters of the model of resolution times.
///
/// Each default was chosen by prequential evidence on training windows; the notebook of resolution times says what lost.
public struct ResolutionTimeSettings: Sendable, Codable, Equatable {
    /// The number of intervals of age wanted.
    public var intervals = 44
    /// The number of bands of intervals with effects of their own.
    public var bands = 7
    /// The half-lives of the base models in days.
    public var halfLives: [Double] = [60, 400, 3_000, 3_000]
    /// The half-life of the base model of the location in days.
    public var locationHalfLife = 400.0
    /// The factor of the precisions of the effects in each base model: a small one lets effects be large.
    public var precisionScales: [Double] = [1, 0.3, 0.2, 0.04]
    /// The online mixture.
    public var mixture = HazardMixture.Settings()
    /// Days between two refits at least.
    public var refitDays = 1.0
    /// The share by which the known openings and closings must have grown before a refit.
    public var refitGrowth = 0.02
    /// The rounds of re-estimating the variances of the blocks, at most.
    public var varianceRounds = 10
    /// The same growth while the model is trained.
    public var warmUpGrowth = 0.25
    /// The pseudo degrees of freedom by which the variance of a block in one band is drawn to that of all bands.
    public var variancePooling = 1.0
    /// The share of the training window that is known before the online part starts to learn.
    public var warmUp = 0.5
    /// The tickets from which the online part learns at most: older evidence has faded.
    public var largestWarmUp = 8_000

    /// The chosen settings.
    public init() {}
}
