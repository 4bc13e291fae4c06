internal import Glibc
internal import Records

/// The time in which a log was heard, as far as its lines came: long silences are none, as of them nothing is known.
struct HeardTime: Sendable {
    private struct Silence {
        var start: Double
        var end: Double
        /// The seconds of the silences before it, and what they weigh at its start.
        var earlier: (seconds: Double, weight: Double)
    }

    /// The hours with a line that a pause lacks by the hours before it when it is a silence: among pauses of chance one of e^6 is as long.
    private static let lacking = 6.0

    private var start = Double.infinity
    private var last = -Double.infinity
    private var endOfHour = -Double.infinity
    private var hoursWithLines = 0.0
    private var silences: [Silence] = []

    /// Takes the time of the next line; lines come in order of time.
    mutating func add(_ time: Double) {
        // A shorter one lacks less.
        if time - last > Self.lacking * Instant.hour, endsSilence(time) {
            silences.append(Silence(start: last, end: time, earlier: silent(to: last)))
        }
        if time >= endOfHour {
            hoursWithLines += 1
            endOfHour = ((time / Instant.hour).rounded(.down) + 1) * Instant.hour
        }
        start = min(start, time)
        last = max(last, time)
    }

    private func endsSilence(_ time: Double) -> Bool {
        guard last >= start else { return false }
        let share = hoursWithLines / max(hoursWithLines, seconds(to: last) / Instant.hour)
        return (time - last) / Instant.hour * share > Self.lacking
    }

    /// The seconds in which it was heard before a time.
    func seconds(to time: Double) -> Double { max(0, time - start - silent(to: time).seconds) }

    /// The seconds that weigh as much as those in which it was heard before a time, the older ones at less weight.
    func weight(to time: Double) -> Double { max(0, SignaturePast.weight(of: time - start) - silent(to: time).weight) }

    /// The seconds of silences before a time, and what they weigh then.
    private func silent(to time: Double) -> (seconds: Double, weight: Double) {
        guard let silence = silences.last(where: { $0.start < time }) else { return (0, 0) }
        let end = min(time, silence.end)
        let weight =
            SignaturePast.faded(silence.earlier.weight, by: end - silence.start)
            + SignaturePast.weight(of: end - silence.start)
        return (silence.earlier.seconds + end - silence.start, SignaturePast.faded(weight, by: time - end))
    }
}
