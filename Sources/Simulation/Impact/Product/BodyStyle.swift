/// The way in which the messages of a service are set.
enum BodyStyle: CaseIterable {
    case sentence, pairs, bracketed, access, json, java, piped, coded

    /// The form of a message.
    ///
    /// - Parameters:
    ///   - phrase: The form of what it says.
    ///   - account: The form of the words that name the account; nil when it names none.
    func form(
        phrase: String, account: String?, severity: String, service: String, place: String, _ draw: inout Draw
    ) -> String {
        let name = account ?? ""
        let tail = account == nil ? "" : " " + name
        let plain = phrase.replacing("\"", with: "'").replacing("\n\t", with: " | ")
        switch self {
        case .sentence: return draw.chance(0.75) || account == nil ? phrase + tail : "\(name) \(phrase)"
        case .pairs:
            let order = draw.chance(0.5)
            return "level=\(severity) msg=\"\(plain)\"" + (order ? tail : "") + " dur={ms} caller=\(place):{n}"
                + (order ? "" : tail)
        case .bracketed: return "[\(service)] [{req}] " + (draw.chance(0.5) ? phrase + tail : "\(name) \(phrase)")
        case .access:
            return
                "{ip} - {user} [{clock}] \"POST /\(place)\(account == nil ? "" : "/" + name)\" {status} {many} \"\(plain)\""
        case .json:
            return "{\"event\":\"\(plain)\",\"ms\":{few}"
                + (account == nil ? "" : ",\"scope\":\"\(name.replacing("\"", with: "'"))\"") + "}"
        case .java:
            return draw.one(of: ["com.acme.", "io.app.", "core.", "net.cloud.x."])
                + "\(service).\(place) - \(phrase)\(tail)"
        case .piped: return "\(plain) |\(tail) | {ms} | {host}"
        case .coded: return "\(place.uppercased())-{few}{few} \(phrase)\(tail)"
        }
    }
}
