public import ArgumentParser
public import Records

extension Instant: ExpressibleByArgument {
    /// Reads a moment in ISO 8601.
    public init?(argument: String) {
        self.init(iso8601: argument)
    }
}
