internal import FoundationEssentials

/// What an account proves itself with; it prints nothing of what it holds.
public struct Credentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The value of the header `Authorization`.
    let header: String
    /// What must not be printed.
    let secrets: HiddenSecrets

    /// Basic authentication (RFC 7617).
    public static func basic(user: String, secret: String) -> Credentials {
        let pair = Data("\(user):\(secret)".utf8).base64EncodedString()
        return Credentials(header: "Basic " + pair, secrets: HiddenSecrets([secret, pair]))
    }

    /// Another scheme, such as `Bearer` (RFC 6750) or `token`.
    public static func scheme(_ name: String, secret: String) -> Credentials {
        Credentials(header: "\(name) \(secret)", secrets: HiddenSecrets([secret]))
    }

    /// Nothing of what it holds.
    public var description: String { "credentials" }
    /// Nothing of what it holds.
    public var debugDescription: String { "credentials" }
}
