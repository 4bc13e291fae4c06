import Features
import Records
import Testing

struct MailPrefixTests {
    @Test(
        arguments: [
            "Re: invoice export stops", "RE : invoice export stops", "FW: Fwd: invoice export stops",
            "AW: WG: Re[2]: invoice export stops", "Re(3): invoice export stops", "re^2:invoice export stops",
            "[EXTERNAL] Re: invoice export stops", "[External Sender]: RE: [EXT] invoice export stops",
            "\u{56DE}\u{590D}\u{FF1A}invoice export stops", "  Re: invoice export stops",
        ])
    func `what mail programs put before a subject goes, however often`(subject: String) {
        #expect(RedactedText(stringLiteral: subject).withoutMailPrefixes == "invoice export stops")
    }

    @Test(
        arguments: [
            "", "Invoice: export stops", "Rewrite: export stops", "[Desk #42] export", "[Externals] export",
            "External: export", "Re export", "Export Re: twice", "12: export", "[EXTERNAL export", "\u{FF1A}export",
        ])
    func `everything else stays`(subject: String) {
        let text = RedactedText(stringLiteral: subject)
        #expect(text.withoutMailPrefixes == text)
    }

    @Test(arguments: ["Re:", "[EXTERNAL]", "Re: Fwd: "])
    func `nothing is left where nothing else was said`(subject: String) {
        #expect(RedactedText(stringLiteral: subject).withoutMailPrefixes.isEmpty)
    }
}
