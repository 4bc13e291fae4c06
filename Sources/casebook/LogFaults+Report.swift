import Logs

extension LogFaults {
    /// Says on standard error what is wrong with lines of a log, each kind with its first lines; blank ones are nothing to mend.
    func report(of path: String, for command: String) {
        for kind in LogFault.Kind.allCases where kind != .blankLine && self[kind] > 0 {
            let lines = first.filter { $0.kind == kind }.map { String($0.line) }.joined(separator: ", ")
            StandardInput.say("casebook \(command): \(path): \(kind.rawValue) \(self[kind]), first in lines \(lines)")
        }
    }
}
