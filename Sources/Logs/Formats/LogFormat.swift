/// How the records of a log are written.
public enum LogFormat: String, Sendable, Hashable, CaseIterable {
    /// One JSON object a line.
    case json
    /// OTLP `ExportLogsServiceRequest` documents in JSON, one a line or formatted over several.
    case otlpJSON = "otlp-json"
    /// OTLP `ExportLogsServiceRequest` messages in protobuf, after each other or each after its length in four bytes.
    case otlpProtobuf = "otlp-protobuf"
    /// Syslog of RFC 5424 or RFC 3164, one message a line or counted in octets (RFC 6587).
    case syslog
    /// Pairs `key=value`.
    case logfmt
    /// The common and combined log format of web servers.
    case access
    /// Text with or without a time, a level and a source at the start of a line.
    case plain
}
