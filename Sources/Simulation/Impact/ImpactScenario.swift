/// What goes wrong at a simulated desk, or seems to.
public enum ImpactScenario: String, Sendable, CaseIterable {
    /// A cluster that many accounts share fails.
    case sharedClusterOutage = "shared-cluster-outage"
    /// One account's own settings make its requests fail.
    case misconfiguration
    /// A deployment that differs from the product fails in ways that no other does.
    case customisedDeployment = "customised-deployment"
    /// Outages of parts, of which half the lines do not say whom they concern.
    case missingIds = "missing-ids"
    /// Errors that were never seen.
    case novelError = "novel-error"
    /// A failure with a hundred times the usual volume.
    case storm
    /// A new version in one region brings errors back.
    case regionalRegression = "regional-regression"
    /// A failure that grows for days.
    case slowRamp = "slow-ramp"
    /// One account's load makes the requests of its neighbours fail.
    case noisyNeighbour = "noisy-neighbour"
    /// A real failure amid errors that have nothing to do with it.
    case coincidence
    /// Failures whose accounts hardly ever write.
    case silentSufferers = "silent-sufferers"
    /// Many tickets at once that nothing in the logs explains.
    case ticketFlood = "ticket-flood"
    /// Failures on hosts with wrong clocks.
    case clockSkew = "clock-skew"
}

/// How much of the truth the logs and the context show.
public enum ImpactGrade: String, Sendable, CaseIterable {
    /// Every line names its account by its id, and the context is whole.
    case easy
    /// Half the lines name nobody, names are written in many ways, and the context has gaps.
    case hard
}
