import Logs
import Testing

@Suite("Values of several words")
struct QuotedPhrasesTests {
    @Test(
        "are not phrases that say what happened",
        arguments: [
            ["alarm text=\"door opened\" here", "alarm text=\"door closed\" here", "alarm text=\"power lost\" here"],
            [
                "import ended: 'all rows written' here", "import ended: 'no rows written' here",
                "import ended: 'not one row' here",
            ],
            ["step result=[disk not found], over", "step result=[disk found], over", "step result=[disk full], over"],
        ])
    func phrases(_ lines: [String]) {
        #expect(SignatureMiner.templates(of: lines) == lines.sorted())
    }

    @Test("are not the subject of a message")
    func subject() {
        let lines = ["Cache warm", "Long queue", "SyncLoop DRAIN", "Image too big"].map { "\"\($0)\" seen here" }
        #expect(SignatureMiner.templates(of: lines) == lines.sorted())
    }

    @Test("are not all that a message says beside its keys")
    func keys() {
        let phrases = ["Cache warm", "Long queue", "SyncLoop DRAIN", "Image too big"]
        let lines = phrases.map { "source=\"api\" text=\"\($0)\" zone=\"main\"" }
        #expect(SignatureMiner.templates(of: lines) == lines.sorted())
        #expect(
            SignatureMiner.templates(of: lines.map { "seen " + $0 }) == [#"seen source="api" text="<*>" zone="main""#])
    }

    @Test("are any phrases where many say nothing of what happened")
    func many() {
        let colours = ["red", "green", "blue", "white", "black", "brown", "grey", "pink", "gold", "teal"]
        let lines = colours.map { "paint \"\($0) over \($0)\" dries" }
        #expect(SignatureMiner.templates(of: lines + ["paint \"lost and found\" dries"]) == ["paint \"<*>\" dries"])
        #expect(
            SignatureMiner.templates(of: lines.dropLast() + ["paint \"lost and found\" dries"])
                == ["paint \"<*>\" dries", "paint \"lost and found\" dries"])
    }

    @Test("are full names behind a word for a person or a thing")
    func fullNames() {
        let names = ["Anna Kowalska", "Li Wei", "M. Rossi", "Dr. Jane van der Berg"]
        #expect(SignatureMiner.templates(of: names.map { "User \($0) logged out" }) == ["User <*> logged out"])
        let states = ["User Anna Kowalska logged out", "User Anna Kowalska logged in", "User Anna Kowalska locked"]
        #expect(SignatureMiner.templates(of: states) == states.sorted())
    }

    @Test("are matched again")
    func matching() {
        let lines = ["Anna Kowalska", "Li Wei", "M. Rossi"].map { "User \($0) logged out" }
        var miner = SignatureMiner()
        for line in lines { _ = miner.learn(Array(line.utf8).span) }
        let set = miner.signatures()
        for line in lines {
            let match = set.index(matching: Array(line.utf8).span)
            #expect(match.map { set.signatures[$0].template } == "User <*> logged out")
        }
    }
}
