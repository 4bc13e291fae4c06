extension RecordError {
    /// The exit code of sysexits that fits: 66 where there is no input to open, 65 where the input is wrong, 78 where
    /// the configuration is.
    public var exitCode: Int32 {
        switch self {
        case .missingFile, .notAFile, .unreadable: 66
        case .emptyFile, .unknownColumn, .repeatedColumn, .invalidDescriptor, .invalidCalendar, .invalidRules,
            .unknownZone, .invalidRow:
            65
        case .shortKey: 78
        }
    }
}
