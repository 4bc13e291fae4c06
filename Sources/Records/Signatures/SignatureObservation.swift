/// How often a log signature was seen for a customer at a moment.
public struct SignatureObservation: Sendable, Equatable {
    /// When it was seen, in seconds since 1970 UTC.
    public var time: Double
    /// The customer, under the name that tickets use.
    public var customer: String
    /// The id of the signature.
    public var signature: String
    /// The severity in OpenTelemetry's numbers, 1 (trace) to 24 (fatal).
    public var severityNumber: Int
    /// The number of log records, at least 1.
    public var count: Int

    /// Creates an observation.
    public init(time: Double, customer: String, signature: String, severityNumber: Int, count: Int = 1) {
        self.time = time
        self.customer = customer
        self.signature = signature
        self.severityNumber = severityNumber
        self.count = count
    }
}
