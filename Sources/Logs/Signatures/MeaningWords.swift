/// Words that say what happened, in which state, or that it did not: exchanging one for another changes the meaning of a
/// message, so they are not taken for values.
enum MeaningWords {
    /// Whether a word, or a part of it between underscores, dashes and dots, carries meaning.
    ///
    /// - Parameter word: The word in lower case.
    static func contains(_ word: [UInt8]) -> Bool {
        isStatus(word[...])
            || word.split(omittingEmptySubsequences: true) { $0 == 0x5f || $0 == 0x2d || $0 == 0x2e }.contains { part in
                words.contains(Array(part)) || isVerb(part)
            }
    }

    /// Whether a word is the status of a response: shapes keep no other number of digits alone; see ``StatusCode``.
    static func isStatus(_ word: ArraySlice<UInt8>) -> Bool { word.count == 3 && word.allSatisfy(\.isDigit) }

    /// Participles end alike; short words with these ends are rarely verbs.
    private static func isVerb(_ part: ArraySlice<UInt8>) -> Bool {
        part.count >= 6 && (part.suffix(2) == Array("ed".utf8)[...] || part.suffix(3) == Array("ing".utf8)[...])
    }

    /// Words for things that are named right after: `user alice`, `host a1`.
    static let entities = set(
        """
        user users username host hostname account name login group owner client customer tenant device interface
        queue topic table database file path service server node channel bucket container pod domain
        """)

    /// Words after which a thing is named more often than not.
    static let prepositions = set("for from to by at on in of with via as into")

    /// Words that carry meaning beside another word only.
    static let articles = set("a an the this that these those and or")

    /// Verbs that are nouns as well, as in `View Lock`: alone they say what was done, among the words of a phrase they may name a thing.
    static let nouns = set(
        """
        lock load mount run set get put post patch push pull fetch commit rollback bind read write update change release
        schedule launch
        """)

    /// Units of measure that follow a number.
    static let units = set(
        """
        b kb mb gb tb kib mib gib byte bytes bits ms us ns sec secs second seconds msec msecs usec min mins minute
        minutes hour hours day days hz khz mhz ghz milliseconds microseconds nanoseconds millis
        """)

    private static let words = set(
        """
        start started starts stop stopped stops open opened opens close closed closes fail failed fails failure
        failures succeed succeeded success successful successfully enable enabled disable disabled up down on off
        yes no not none never error errors warning warnings info debug fatal critical alert notice begin began end
        ended finish finished complete completed incomplete done pause paused resume resumed suspend suspended
        terminate terminated kill killed exit exited connect connected disconnect disconnected accept accepted
        reject rejected refuse refused deny denied allow allowed permit permitted create created delete deleted
        remove removed add added insert inserted update updated change changed load loaded unload unloaded read
        write written send sent receive received found missing lost startup shutdown reboot restart restarted
        online offline active inactive idle busy ready pending blocked locked unlocked mount mounted unmount
        unmounted valid invalid available unavailable reachable unreachable supported unsupported known unknown
        present absent full empty clean dirty healthy unhealthy degraded normal abnormal timeout expire expired
        retry retried abort aborted cancel cancelled canceled skip skipped ignore ignored login logout logon logoff
        register registered unregister subscribe subscribed unsubscribe attach attached detach detached bind bound
        unbound get set put post patch push pull fetch commit rollback lock unlock acquire acquired release released
        allocate allocated deallocate free freed initialize initialized init uninitialized launch launched exec
        execute executed run schedule scheduled assign assigned unassigned enter entered leave left join joined
        increase increased decrease decreased high low above below exceed exceeded exceeds before after cannot
        can't could couldn't did didn't do don't does doesn't is isn't was wasn't were weren't are aren't will won't
        would wouldn't has hasn't have haven't had without and or but if then than that this these those the a an
        install installed uninstall upgrade upgraded downgrade detect detected resolve resolved unresolved assert
        match matched mismatch first last next previous old new same different more less max min total all any some
        each other another only both usable unusable reserved running waiting new submitted queued failed setup
        """)

    private static func set(_ text: String) -> Set<[UInt8]> {
        Set(text.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) })
    }
}
