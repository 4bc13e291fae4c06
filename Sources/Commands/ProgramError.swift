public import Models
public import Records

/// An error that ends a program with an exit code of its own.
public protocol ProgramError: Error, CustomStringConvertible {
    /// The exit code of sysexits.
    var exitCode: Int32 { get }
}

extension RecordError: ProgramError {}
extension ModelFileError: ProgramError {}
