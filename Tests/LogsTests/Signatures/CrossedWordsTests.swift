import Logs
import Testing

@Suite("Names, and what is said of them")
struct CrossedWordsTests {
    /// A word for a thing that is named right after is among them.
    private static let names = ["orders", "invoices", "users", "carts", "shipments", "refunds", "ledger", "audit"]

    @Test(
        "are told apart in any language, by which of the two has more words",
        arguments: [
            ["Zahlung für Bestellung % angenommen", "Zahlung für Bestellung % abgelehnt"],
            ["Dienst % gestartet", "Dienst % gestoppt", "Dienst % abgestürzt"],
            ["Servicio % iniciado", "Servicio % detenido", "Servicio % caído"],
            ["Stampa avviata sul dispositivo %", "Stampa fallita sul dispositivo %"],
            ["サービス % 起動", "サービス % 停止"],
            ["Replica % promoted", "Replica % demoted", "Replica % fenced"],
        ])
    func crossed(_ messages: [String]) {
        let lines = messages.flatMap { message in Self.names.map { message.replacing("%", with: $0) } }
        let templates = messages.map { $0.replacing("%", with: "<*>") }
        #expect(SignatureMiner.templates(of: lines) == templates.sorted())
        // What is said rarely is said of some names only.
        let some = lines.enumerated().filter { $0.offset < Self.names.count || $0.offset % 2 == 0 }.map(\.element)
        #expect(SignatureMiner.templates(of: some) == templates.sorted())
    }

    @Test("stay apart where hardly more names than words for them were seen")
    func few() {
        let lines = ["gestartet", "gestoppt"].flatMap { word in ["web", "users"].map { "Dienst \($0) \(word)" } }
        #expect(SignatureMiner.templates(of: lines) == lines.sorted())
    }
}
