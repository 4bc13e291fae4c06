import CDispatch
import Commands
import Glibc
import Records

/// The files of a desk as a command line names them: folders, or files by their names in a folder.
enum DeskFiles {
    /// The names without their suffixes.
    static let names = [
        "organizations", "accounts", "deployments", "contacts", "aliases", "topology", "releases", "tickets",
        "interactions", "agents",
    ]

    /// The folders, and the single files as one folder.
    ///
    /// - Throws: An exit code, after the reason was said.
    static func folders(at paths: [String]) throws -> [DeskFolder] {
        var folders: [DeskFolder] = []
        var files: [RecordFile] = []
        for path in paths {
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                folders.append(DeskFolder(path: path))
                continue
            }
            let file = try Program.casebook("import").reporting { try RecordFile(reading: path) }
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard names.contains(where: { name == $0 + ".ndjson" || name == $0 + ".csv" }) else {
                throw Program.casebook("import").failure(
                    "\(path): not named like a file of a desk, such as accounts.csv", EX_USAGE)
            }
            files.append(RecordFile(path: name, bytes: file.bytes))
        }
        return files.isEmpty ? folders : folders + [DeskFolder(files: files)]
    }
}
