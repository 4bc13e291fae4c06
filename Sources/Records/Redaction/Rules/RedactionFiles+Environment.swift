internal import Glibc

extension RedactionFiles {
    /// The variables of this process that a redactor looks at.
    public static var processEnvironment: [String: String] {
        guard let value = getenv(keyVariable) else { return [:] }
        return [keyVariable: String(cString: value)]
    }
}
