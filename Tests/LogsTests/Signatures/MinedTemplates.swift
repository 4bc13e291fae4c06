import Logs

extension SignatureMiner {
    /// The templates of lines, in the order of their bytes.
    static func templates(of lines: some Sequence<String>) -> [String] {
        var miner = SignatureMiner()
        for line in lines { _ = miner.learn(Array(line.utf8).span) }
        return miner.signatures().signatures.map(\.template).sorted()
    }
}
