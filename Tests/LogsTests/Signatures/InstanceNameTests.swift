import Logs
import Testing

@Suite("Names of instances")
struct InstanceNameTests {
    @Test("make one signature, whatever their random letters and digits look like")
    func random() {
        let names = ["a1b2c", "1e234", "12345", "00e51", "deeac", "x7k2p", "bcdfg", "7f9c4", "eeffcd", "12ab34cd"]
        #expect(SignatureMiner.templates(of: names.map { "Started container web-\($0)" }) == ["Started container <*>"])
        #expect(
            SignatureMiner.templates(of: names.map { "web-\($0) was started" }) == ["<*> was started"])
        #expect(
            SignatureMiner.templates(of: ["f81d4fae_blue(7)", "a1b2c3d4_blue(8)"].map { "Pod orders-\($0) is back" })
                == ["Pod <*>(<*>) is back"])
    }

    @Test(
        "are no words with a number or of letters that make a word",
        arguments: [
            "signed in with web-oauth2", "logs of apache-log4j", "sent as non-https", "moved to read-only",
        ])
    func words(_ line: String) {
        #expect(SignatureMiner.templates(of: [line]) == [line])
    }
}
