import Testing

@testable import Connectors

struct HiddenSecretsTests {
    @Test(
        "A secret is found in every form in which it is sent, and in those that programs make of it",
        arguments: ["a/b+c d", "a%2Fb%2Bc%20d", "a%2fb%2bc%20d", "cm9ib3Q6YS9iK2MgZA=="])
    func forms(form: String) {
        let hidden = Credentials.basic(user: "robot", secret: "a/b+c d").secrets
        #expect(hidden.removed(from: "Basic \(form), you said") == "Basic <secret>, you said")
    }

    @Test func `the padding of base64 may be missing, and what is empty is no secret`() {
        let hidden = Credentials.basic(user: "robot", secret: "").secrets
        #expect(hidden.removed(from: "cm9ib3Q6 and robot") == "<secret> and robot")
        #expect(HiddenSecrets(["cm9ib3Q6YQ=="]).removed(from: "cm9ib3Q6YQ!") == "<secret>!")
    }

    @Test func `a secret that holds another one is hidden as a whole`() {
        #expect(HiddenSecrets(["key", "the key of it"]).removed(from: "the key of it, key") == "<secret>, <secret>")
    }
}
