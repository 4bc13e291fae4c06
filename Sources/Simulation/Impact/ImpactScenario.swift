/// What happens at a simulated desk besides a good day's work.
public enum ImpactScenario: String, Sendable, CaseIterable {
    /// A shared deployment fails for all of its accounts, or for those of one part of it.
    case sharedClusterOutage = "shared-cluster-outage"
    /// One account sets something up wrongly, and only its own requests fail.
    case misconfiguration
    /// Customised deployments fail with errors that no other deployment has.
    case customisedDeployment = "customised-deployment"
    /// Outages while half of the records name no account, on the easy grade too.
    case missingIds = "missing-ids"
    /// An error that nobody has seen, on few requests of few accounts.
    case novelError = "novel-error"
    /// A failing component that writes a hundred times the usual number of records.
    case storm
    /// A release breaks a function on the deployments of one region.
    case regionalRegression = "regional-regression"
    /// Failures that grow over a day.
    case slowRamp = "slow-ramp"
    /// One account's load makes the requests of its neighbours fail; its own succeed.
    case noisyNeighbour = "noisy-neighbour"
    /// Outages, and at the same hours errors of others that have nothing to do with them.
    case coincidence
    /// Outages about which hardly anybody writes.
    case silentSufferers = "silent-sufferers"
    /// Many tickets about one thing that no log shows, besides one or two outages.
    case ticketFlood = "ticket-flood"
    /// Outages on hosts whose clocks are wrong; only the time of observation is right.
    case clockSkew = "clock-skew"
}
