public import ArgumentParser
import Glibc
import LinearAlgebra
import Models
import Statistics

/// A program of the command line: what it says on standard error, and the exit codes of sysexits with which it ends.
public struct Program: Sendable {
    private let name: String

    /// Takes the name with which its complaints begin.
    public init(_ name: String) {
        self.name = name
    }

    /// Writes a line to standard error.
    public func report(_ message: String) {
        let line = message + "\n"
        Glibc.write(STDERR_FILENO, line, line.utf8.count)
    }

    /// Says what is wrong and gives the exit code for it.
    public func failure(_ message: String, _ code: Int32) -> ExitCode {
        report("\(name): \(message)")
        return ExitCode(code)
    }

    /// Says what is wrong and gives the exit code for it.
    public func failure(_ error: some ProgramError) -> ExitCode { failure(error.description, error.exitCode) }

    /// Gives what `body` gives, and says what is wrong where it cannot.
    ///
    /// - Throws: The exit code of a ``ProgramError``; any other error as it is.
    public func reporting<Result: ~Copyable>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as any ProgramError {
            throw failure(error)
        }
    }

    /// Runs a command, and says what is wrong where it cannot go on.
    ///
    /// - Parameters:
    ///   - input: What is named where an error of a model does not name its input; `nil` for nothing.
    ///   - body: The command.
    /// - Throws: The exit code of an error of records, models or mathematics; any other error as it is.
    public func run(on input: String? = nil, _ body: () throws -> Void) throws {
        func named(_ error: some CustomStringConvertible) -> String {
            input.map { "\($0): \(error)" } ?? error.description
        }
        do {
            try reporting(body)
        } catch let error as ResolutionTimeError {
            throw failure(named(error), EX_DATAERR)
        } catch let error as AnomalyError {
            throw failure(named(error), EX_DATAERR)
        } catch let error as IssueGroupError {
            throw failure(named(error), EX_DATAERR)
        } catch let error as HazardError {
            throw failure(named(error), EX_DATAERR)
        } catch let error as LinearAlgebraError {
            throw failure(named(error), EX_SOFTWARE)
        }
    }

    /// Writes a text to a file that is made anew.
    ///
    /// - Throws: The exit code 73 where the file cannot be created, 74 where it cannot be written.
    public func write(_ text: String, to path: String) throws {
        guard let stream = fopen(path, "w") else {
            throw failure("\(path): cannot create: \(String(cString: strerror(errno)))", EX_CANTCREAT)
        }
        let isWritten = fputs(text, stream) >= 0
        guard fclose(stream) == 0 && isWritten else {
            throw failure("\(path): cannot write: \(String(cString: strerror(errno)))", EX_IOERR)
        }
    }
}
