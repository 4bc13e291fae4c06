internal import GRDB
internal import Glibc
internal import Records

extension StorageError {
    /// What went wrong in words of ours.
    ///
    /// - Parameter isOpening: Whether the store could not be opened at all.
    init(_ error: any Error, file: String, isOpening: Bool = false) {
        switch error {
        case let error as StorageError: self = error
        case is SealError: self = .damaged(file: file, reason: "a sealed text was changed or moved")
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(file: file)
            case .SQLITE_FULL: self = .full(file: file)
            case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(file: file)
            case .SQLITE_CORRUPT: self = .damaged(file: file, reason: Self.words(error))
            case .SQLITE_CANTOPEN where Self.isProtected(file): self = .readOnly(file: file)
            default:
                self =
                    isOpening
                    ? .unusable(file: file, reason: Self.words(error)) : .failed(file: file, reason: Self.words(error))
            }
        default: self = .unusable(file: file, reason: "\(error)")
        }
    }

    /// Never the statement or its values, which `DatabaseError` knows too.
    private static func words(_ error: DatabaseError) -> String { error.message ?? "\(error.resultCode)" }

    private static func isProtected(_ file: String) -> Bool {
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
        guard access(folder.isEmpty ? "/" : folder, F_OK) == 0 else { return false }
        var status = stat()
        if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return false }
        return access(folder.isEmpty ? "/" : folder, W_OK) != 0 || (access(file, F_OK) == 0 && access(file, W_OK) != 0)
    }
}
