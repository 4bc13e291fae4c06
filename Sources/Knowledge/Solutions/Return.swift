internal import Features
internal import Records

/// What a customer wrote after a case had been resolved: that what they wrote about is there again, or no more than thanks.
///
/// Thanks are short and deny nothing. The words are general ones of English, German, French, Spanish and Portuguese; in other languages the length alone tells.
enum Return {
    /// Words of who is not content; `t` is what is left of `doesn't`.
    private static let denials: Set<String> = [
        "not", "t", "cannot", "no", "but", "still", "same", "however", "unfortunately", "reopen", "reopening",
        "nicht", "kein", "keine", "aber", "leider", "immer", "weiterhin", "gleiche", "gleichen", "trotzdem",
        "pas", "mais", "toujours", "malheureusement", "même",
        "pero", "sigue", "todavía", "desgraciadamente", "mismo", "misma",
        "não", "mas", "continua", "ainda", "infelizmente", "mesmo", "mesma",
    ]
    /// The most words of thanks.
    private static let mostWords = 40

    /// Whether a message tells one.
    static func isTold(in said: [RedactedText]) -> Bool {
        var words = 0
        var isDenied = false
        for sentence in said {
            sentence.forEachTerm { term in
                words += 1
                if denials.contains(String(decoding: term, as: UTF8.self)) { isDenied = true }
            }
        }
        return isDenied || words > mostWords
    }
}
