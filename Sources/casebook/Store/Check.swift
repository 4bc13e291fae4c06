import ArgumentParser
import Commands
import Glibc
import Records
import Storage

/// Looks whether a store is whole.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look whether a store is whole.",
        discussion: """
            Looks at every page and reference, adds the counts up, compares them with what the logs gave, and opens every sealed \
            text where the key is given. Brings a store of an earlier version up to date. Ends with 65 when something is wrong.
            """)

    @OptionGroup
    var options: StoreOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let check = try options.checked()
        if json {
            print(try check.jsonLine)
        } else {
            print(check.text, terminator: "")
        }
        if !check.problems.isEmpty { throw ExitCode(EX_DATAERR) }
    }
}

extension StoreOptions {
    /// Looks at the store; one of an earlier version is brought up to date first.
    fileprivate func checked() throws -> StoreCheck {
        let key = try key(for: "check")
        return try Program.casebook("check").reporting {
            do throws(StorageError) {
                return try TenantStore(path: store, key: key, access: .reading).check()
            } catch .older {
                return try TenantStore(path: store, key: key, access: .existing).check()
            }
        }
    }
}

extension StoreCheck {
    /// For people.
    fileprivate var text: String {
        var text = "schema: \(schema.joined(separator: ", "))\n"
        text += rows.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value) rows\n" }.joined()
        text += isKeyChecked ? "sealed texts: opened\n" : "sealed texts: not opened, as no key was given\n"
        if unfinishedErasures > 0 { text += "erasures to be finished: \(unfinishedErasures)\n" }
        text += problems.map { "wrong: \($0)\n" }.joined()
        return text + (problems.isEmpty ? "whole\n" : "")
    }
}
