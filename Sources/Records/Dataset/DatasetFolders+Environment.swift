internal import Glibc

extension DatasetFolders {
    /// The variables of this process that a data set looks at.
    public static var processEnvironment: [String: String] {
        guard let value = getenv(environmentKey) else { return [:] }
        return [environmentKey: String(cString: value)]
    }
}
