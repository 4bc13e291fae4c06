internal import Features
internal import Glibc
internal import Records

/// What customers say of an answer, that it helped or that it did not, as the desk itself teaches in whatever language.
///
/// After some replies agents told something else or opened the case again, after others nothing more was told. A word speaks for either as far as it
/// stands in more of these replies than its share in all of them would have, and the words of a reply add up, as in naive Bayes. The observed and the
/// expected number are both raised by ``prior``, a gamma-Poisson shrinkage as that of DuMouchel (1999), so that rare words say little, and no word
/// anything where all replies are of one kind.
struct ReplyMeaning: Sendable {
    /// What a customer wrote after an agent had told something.
    struct Reply: Sendable {
        /// The sentences.
        var said: [RedactedText]
        /// Whether something else had to be told after it.
        var goesOn: Bool
        /// Whether the case had been resolved before.
        var isLate: Bool
    }

    private struct Count {
        var ended = 0.0
        var goneOn = 0.0

        mutating func add(_ reply: Reply, _ change: Double = 1) {
            if reply.goesOn { goneOn += change } else { ended += change }
        }

        /// How much more often than the shares of all replies explain a word is in those that ended a case than in others, as a logarithm.
        func logOdds(among all: Count) -> Double {
            let share = (ended + goneOn) / max(1, all.ended + all.goneOn)
            return log((ended + ReplyMeaning.prior) / (all.ended * share + ReplyMeaning.prior))
                - log((goneOn + ReplyMeaning.prior) / (all.goneOn * share + ReplyMeaning.prior))
        }
    }

    private static let prior = 1.0

    /// The replies with each stem.
    private var counts: [UInt64: Count] = [:]
    private var all = Count()

    init(_ replies: [Reply]) {
        for reply in replies {
            all.add(reply)
            for stem in Self.stems(of: reply) { counts[stem, default: Count()].add(reply) }
        }
    }

    /// Whether one of the replies says that its case has ended, as the others teach: from -1 where it has to go on to 1, 0 where nobody can tell.
    func lasting(_ reply: Reply) -> Double {
        var others = all
        others.add(reply, -1)
        // Sorted, as sums of floating-point numbers depend on the order.
        let sum = Self.stems(of: reply).sorted().reduce(0) { sum, stem in
            var count = counts[stem] ?? Count()
            count.add(reply, -1)
            return sum + count.logOdds(among: others)
        }
        return tanh(sum / 2)
    }

    /// The stems of all words: those that only hold sentences together say that there is no more, too.
    private static func stems(of reply: Reply) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for sentence in reply.said { sentence.forEachTerm { found.insert(Lexicon.stemHash(of: $0)) } }
        return found
    }
}
