/// A file or stream of log lines, as it is known again after a restart or when it was renamed.
public struct LogSource: Sendable, Hashable {
    /// The beginning of a log by its bytes, which stay when a file is renamed, copied or packed.
    public struct Head: Sendable, Hashable {
        /// The most bytes that are looked at.
        public static let longest = 1_024

        /// The number of bytes.
        public let count: Int
        /// Their hash; 64 bits, so two logs of one folder with different beginnings are mistaken for each other with
        /// a probability below 10⁻¹³ even when there are a thousand of them.
        public let hash: UInt64

        /// - Parameter bytes: The first bytes of the log without the wrapper of gzip; at most ``longest`` are used.
        public init(_ bytes: some Collection<UInt8>) {
            let bytes = bytes.prefix(Self.longest)
            count = bytes.count
            hash = FNV1a.hash(bytes)
        }

        /// A head that was kept.
        public init(count: Int, hash: UInt64) {
            self.count = count
            self.hash = hash
        }
    }

    /// Its number in the store; nil before it was kept.
    public var id: Int64?
    /// Where it was last seen, or the name of a stream.
    public var path: String
    /// The device and the number of its file; zero for a stream.
    public var device: UInt64
    /// See ``device``.
    public var inode: UInt64
    /// Its beginning.
    public var head: Head
    /// Where its reading stands.
    public var checkpoint: LogCheckpoint

    /// Creates a source.
    public init(
        id: Int64? = nil, path: String, device: UInt64 = 0, inode: UInt64 = 0, head: Head, checkpoint: LogCheckpoint
    ) {
        self.id = id
        self.path = path
        self.device = device
        self.inode = inode
        self.head = head
        self.checkpoint = checkpoint
    }
}
