/// A way in which something goes wrong at a product, and how people tell of it.
struct FailureMode: Sendable {
    /// Short forms for subjects.
    var subjects: [Pattern]
    /// Whole complaints, without a full stop.
    var complaints: [Pattern]
    /// What the product says.
    var errors: [Pattern]
    /// Why, in the words of agents.
    var causes: [Pattern]
    /// What may help against it.
    var remedies: [Remedy]
    var german: Pattern
    var spanish: Pattern

    static let all = ofData + ofScreens + ofTraffic + ofAccess
}
