import Logs
import Testing

@Suite("The identifier of a signature")
struct SignatureIDTests {
    @Test("is that of FNV-1a and the finalizer of MurmurHash3")
    func frozen() {
        // FNV-1a of "a" is af63dc4c8601ec8c; the finalizer is a bijection, so equal names mean equal hashes.
        #expect(SignatureID(template: Array("a".utf8)).description == "82a2a958a9bece5b")
        #expect(SignatureID(template: Array("a".utf8)).description.count == 16)
    }

    @Test("depends on every byte of the template")
    func content() {
        let one = SignatureID(template: Array("VM <*> Started".utf8))
        #expect(one == SignatureID(template: Array("VM <*> Started".utf8)))
        #expect(one != SignatureID(template: Array("VM <*> Paused".utf8)))
    }
}
