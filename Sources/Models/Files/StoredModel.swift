/// A version of a model as the registry holds it, verified.
public struct StoredModel<Body: Codable & Sendable>: Sendable {
    /// The number of the version, from 1.
    public let version: Int
    /// The description without the registry's own keys: schema, hyper-parameters, where it comes from.
    public let body: Body
    /// The weights by name.
    public let tensors: [String: Tensor]
}
