/// One request to another system.
public struct SystemRequest: Sendable, Hashable {
    /// What is sent.
    public enum Body: Sendable, Hashable {
        case none
        case json(JSON)
        case form([Query])
    }

    /// A name and a value of a query or a form, not yet encoded.
    public struct Query: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: String

        /// Takes both.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The verb, such as `GET`.
    public var method: String
    /// The path below the address of the system, encoded, with a slash at its head; or a whole address that the system itself gave.
    public var path: String
    /// What stands behind the question mark.
    public var query: [Query]
    /// Headers besides those of every request.
    public var headers: [(name: String, value: String)] {
        get { pairs.map { ($0.name, $0.value) } }
        set { pairs = newValue.map { Query($0.name, $0.value) } }
    }
    private var pairs: [Query]
    /// What is sent.
    public var body: Body

    /// Creates a request.
    public init(
        _ method: String, _ path: String, query: [Query] = [], headers: [(name: String, value: String)] = [],
        body: Body = .none
    ) {
        self.method = method
        self.path = path
        self.query = query
        pairs = headers.map { Query($0.name, $0.value) }
        self.body = body
    }

    /// Path and query as they are sent.
    public var target: String {
        guard !query.isEmpty else { return path }
        return path + (path.contains("?") ? "&" : "?") + Self.encoded(query)
    }

    /// Pairs in the form `application/x-www-form-urlencoded`, blanks as `%20`.
    public static func encoded(_ pairs: [Query]) -> String {
        pairs.map { escaped($0.name) + "=" + escaped($0.value) }.joined(separator: "&")
    }

    /// A text with everything but unreserved characters (RFC 3986, section 2.3) in percent form.
    public static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The answer to a request.
public struct SystemResponse: Sendable, Hashable {
    /// The code, 100...599.
    public var status: Int
    /// The headers by their names in small letters; of several with one name the last one.
    public var headers: [String: String]
    /// The body.
    public var body: [UInt8]

    /// Creates an answer.
    public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The body as JSON; null where there is no body.
    public var json: JSON {
        get throws(SystemFault) { body.isEmpty ? .null : try JSON(bytes: body) }
    }
}
