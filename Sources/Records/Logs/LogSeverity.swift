/// OpenTelemetry's severity numbers and the words and numbers that logs use for them.
///
/// "Logs Data Model", appendix B: syslog's emergency to debug are 21, 19, 18, 17, 13, 10, 9, 5.
public enum LogSeverity {
    /// The range that a number belongs to: TRACE, DEBUG, INFO, WARN, ERROR or FATAL; nil for 0 and what is no severity.
    public static func name(of number: Int) -> String? {
        guard (1...24).contains(number) else { return nil }
        return ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"][(number - 1) / 4]
    }

    /// The number of a severity of syslog, 0 (emergency) to 7 (debug).
    public static func number(syslog severity: Int) -> Int? {
        guard (0...7).contains(severity) else { return nil }
        return [21, 19, 18, 17, 13, 10, 9, 5][severity]
    }

    /// The number of a severity of a library that counts 10 (trace) to 60 (fatal), or of syslog.
    public static func number(level: Int) -> Int? {
        guard (10...60).contains(level), level % 10 == 0 else { return number(syslog: level) }
        return 4 * (level / 10 - 1) + 1
    }

    /// The number of a word such as `WARN`, `warning` or `Critical`; nil when it is none.
    public static func number(word: UnsafeRawBufferPointer) -> Int? {
        guard word.count >= 3, word.count <= 13 else { return nil }
        var letters: UInt64 = 0
        for index in 0..<min(8, word.count) {
            let letter = word[index] | 0x20
            guard letter >= 0x61, letter <= 0x7A else { return nil }
            letters = letters << 8 | UInt64(letter)
        }
        // Eight letters tell the words apart; the count tells them from longer ones.
        switch (letters, word.count) {
        case (Self.trace, 5), (Self.trce, 4), (Self.finest, 6), (Self.finer, 5), (Self.verbose, 7): return 1
        case (Self.debug, 5), (Self.dbug, 4), (Self.dbg, 3), (Self.fine, 4): return 5
        case (Self.info, 4), (Self.informat, 11), (Self.informat, 13), (Self.inf, 3): return 9
        case (Self.notice, 6): return 10
        case (Self.warn, 4), (Self.warning, 7), (Self.wrn, 3): return 13
        case (Self.error, 5), (Self.erro, 4), (Self.err, 3), (Self.fail, 4), (Self.severe, 6), (Self.failure, 7):
            return 17
        case (Self.critical, 8), (Self.crit, 4): return 18
        case (Self.alert, 5): return 19
        case (Self.fatal, 5), (Self.panic, 5), (Self.emergenc, 9), (Self.emerg, 5): return 21
        default: return nil
        }
    }

    private static func packed(_ word: StaticString) -> UInt64 {
        (0..<word.utf8CodeUnitCount).reduce(0) { $0 << 8 | UInt64(word.utf8Start[$1]) }
    }

    private static let trace = packed("trace")
    private static let trce = packed("trce")
    private static let finest = packed("finest")
    private static let finer = packed("finer")
    private static let verbose = packed("verbose")
    private static let debug = packed("debug")
    private static let dbug = packed("dbug")
    private static let dbg = packed("dbg")
    private static let fine = packed("fine")
    private static let info = packed("info")
    private static let inf = packed("inf")
    private static let informat = packed("informat")
    private static let notice = packed("notice")
    private static let warn = packed("warn")
    private static let warning = packed("warning")
    private static let wrn = packed("wrn")
    private static let error = packed("error")
    private static let erro = packed("erro")
    private static let fail = packed("fail")
    private static let err = packed("err")
    private static let severe = packed("severe")
    private static let failure = packed("failure")
    private static let critical = packed("critical")
    private static let crit = packed("crit")
    private static let alert = packed("alert")
    private static let fatal = packed("fatal")
    private static let panic = packed("panic")
    private static let emergenc = packed("emergenc")
    private static let emerg = packed("emerg")
}
