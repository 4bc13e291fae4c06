import Glibc
public import Records

/// The clock of the machine, which only programs read: libraries take the time as an argument.
public enum WallClock {
    /// Nanoseconds since 1970 UTC.
    public static var nanoseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The time, to about a microsecond.
    public static var now: Instant { Instant(seconds: Double(nanoseconds / 1_000) / 1e6) }
}
