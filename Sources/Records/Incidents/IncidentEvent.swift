/// One step in the life of an incident.
public struct IncidentEvent: Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It was found.
        case opened
        /// More lines, signatures or accounts belong to it.
        case extended
        /// It went on in another incident.
        case mergedInto
        /// It was a part of another incident.
        case splitFrom
        /// Nothing more belongs to it.
        case closed
    }

    /// The id of the incident.
    public var incident: String
    /// When.
    public var time: Instant
    /// What happened.
    public var kind: Kind
    /// The id of the other incident; nil where there is none.
    public var other: String?

    /// Creates an event.
    public init(incident: String, time: Instant, kind: Kind, other: String? = nil) {
        self.incident = incident
        self.time = time
        self.kind = kind
        self.other = other
    }
}
