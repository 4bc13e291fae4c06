public import Commands
public import Connectors
import Glibc
public import Storage

extension Program {
    /// A command of casebook, such as `sync check`.
    static func casebook(_ command: String) -> Program { Program("casebook \(command)") }
}

extension StorageError: ProgramError {}
extension ChannelError: ProgramError {}
extension NewFolder.Failure: ProgramError {}

extension DescriptionError: ProgramError {
    /// 78: a description is configuration.
    public var exitCode: Int32 { EX_CONFIG }
}
