internal import Algorithms

extension RateExcess {
    /// What windows of the past tell.
    struct Past {
        var windows = 0
        var count = 0.0
        var exposure = 0.0
        var dispersion = 1.0

        var rate: Double { max(count, unseen) / exposure }

        mutating func add(_ count: Double, _ exposure: Double) {
            windows += 1
            self.count += count
            self.exposure += exposure
        }

        /// The same with the sum of the squares of its residuals, each by its mean, and how much its hours vary, which longer windows do as well.
        func with(squares: Double, hours: Double) -> Past {
            var past = self
            let (prior, weight) = priorDispersion
            let own = windows > 1 ? squares / Double(windows - 1) : 1
            guard own > hours else {
                past.dispersion = hours
                return past
            }
            // Windows tell as much as there are of them, and clumps of that size in them.
            let told = min(Double(windows - 1), count / own)
            past.dispersion = max(hours, (max(prior, hours) * weight + own * told) / (weight + told))
            return past
        }

        /// The count to come in a window of some exposure; nil when no distribution has its variance.
        func next(exposure now: Double) -> NegativeBinomial? {
            let known = max(count, unseen)
            let mean = known / exposure * now
            let surplus = (dispersion - 1) * mean + dispersion * mean * mean / known
            guard surplus > 0 else { return nil }
            return try? NegativeBinomial(mean: mean, size: mean * mean / surplus)
        }
    }

    /// Sums of counts, of exposures, of hours without one and of usual exposures, of which those before `begin` do not matter.
    struct Series {
        let counts: UnsafeBufferPointer<Double>
        let exposures: UnsafeBufferPointer<Double>
        let silent: UnsafeBufferPointer<Int32>
        let usual: UnsafeBufferPointer<Double>
        let begin: Int
        let dispersion: CountDispersion
        let days: DayKinds?

        /// Some hours.
        private struct Window {
            let start: Int
            let length: Int
            /// The hours of it that do not count, from its start.
            let leftOut: [Range<Int>]

            init(start: Int, length: Int, leftOut: [Range<Int>]) {
                (self.start, self.length, self.leftOut) = (start, length, leftOut)
            }

            /// The last hours of another one.
            init(last length: Int, of window: Window) {
                let passed = window.length - length
                self.init(
                    start: window.start + passed, length: length,
                    leftOut: window.leftOut.filter { $0.upperBound > passed }.map {
                        max(0, $0.lowerBound - passed)..<$0.upperBound - passed
                    })
            }
        }

        /// With which windows of the past another one is compared.
        private enum Reference { case all, withoutUnusual, sameKinds }

        func evidence(
            at hour: Int, windowsFrom earliest: Int, knownUntil known: Int?, below level: Double
        ) -> Evidence? {
            var best: Evidence?
            for length in windows {
                let start = hour + 1 - length
                // A day before it the same hours are known, as what comes every night may be a single window so far.
                guard start >= earliest, start - begin >= max(length, 24) else { break }
                let window = Window(start: start, length: length, leftOut: leftOut(start, length))
                let observed = sum(counts, of: window, at: start)
                let exposure = sum(exposures, of: window, at: start)
                guard exposure > 0 else { continue }
                let least = level / Double(windows.count)
                let exposed = max(exposure, sum(usual, of: window, at: start))
                let end = min(start, known ?? start)
                func compared(_ hours: Double) -> [NegativeBinomial] {
                    tests(window, until: end, exposure: exposed, hours: hours, observed, below: least)
                }
                // Few windows come so far that it matters in which clumps the counts come.
                guard !compared(CountDispersion.least).isEmpty else { continue }
                let comparisons = compared(hourlyDispersion(until: end))
                // What is over is no excess that goes on.
                let recent = Window(last: max(1, length / 6), of: window)
                let share = sum(exposures, of: recent, at: recent.start) / exposure
                let now = sum(counts, of: recent, at: recent.start)
                guard let lowest = comparisons.map(\.mean).min(), now >= goingOn * lowest * share else { continue }
                var (pValue, expected) = (0.0, 0.0)
                for next in comparisons.reversed() {
                    let told = next.survival(Int(observed) - 1)
                    if told >= pValue { (pValue, expected) = (told, next.mean) }
                }
                let adjusted = pValue * Double(windows.count)
                guard adjusted < best?.pValue ?? min(1, level), now >= goingOn * expected * share else { continue }
                best = Evidence(start: start, observed: observed, expected: expected, pValue: adjusted)
            }
            return best
        }

        /// How much the hours before another one vary; see ``CountDispersion``.
        private func hourlyDispersion(until end: Int) -> Double {
            guard begin < end else { return dispersion.value }
            let own = CountDispersion(of: counts, in: begin..<end, usual: dispersion)
            return max(CountDispersion.least, own.shrunk(to: dispersion))
        }

        /// What is to be expected of a window by what came before it, at any time and at the same time of days and of weeks; empty when one of them explains
        /// what was observed.
        private func tests(
            _ window: Window, until end: Int, exposure: Double, hours: Double, _ observed: Double, below level: Double
        ) -> [NegativeBinomial] {
            var comparisons: [NegativeBinomial] = []
            let (start, length) = (window.start, window.length)
            let fewest = length < 24 ? fewestAlike : 1
            let others = holdsUnusual(begin, start - begin) ? Reference.withoutUnusual : .all
            let isUnusual = length <= 24 && holdsUnusual(start, length)
            // What days tell no rhythm of has that of a single week. The long loop comes last, as few windows come so far.
            for (shift, fewest, reference) in [
                (24, fewest, Reference.sameKinds), (168, fewest, others), (24, 1, others), (length, 1, others),
            ] where (reference != .sameKinds || isUnusual) && (shift > length || fewest == 1) {
                guard let past = past(window, until: end, shift: shift, reference, least: fewest, hours: hours)
                else { continue }
                guard let next = past.next(exposure: exposure), observed > next.mean,
                    next.probability(Int(observed)) < level
                else { return [] }
                comparisons.append(next)
            }
            return comparisons
        }

        /// Whether some hours are of unusual days.
        @inline(__always)
        private func holdsUnusual(_ start: Int, _ length: Int) -> Bool {
            guard let days else { return false }
            return days.unusual[start + length] > days.unusual[start]
        }

        /// The hours of a window of more than a day that are of unusual days, from its start.
        private func leftOut(_ start: Int, _ length: Int) -> [Range<Int>] {
            guard length > 24, holdsUnusual(start, length) else { return [] }
            return (0..<length).filter { holdsUnusual(start + $0, 1) }.chunked { $0 + 1 == $1 }.map {
                $0[$0.startIndex]..<$0[$0.endIndex - 1] + 1
            }
        }

        /// What sums say of a window, or of one of its length that begins at another place.
        @inline(__always)
        private func sum(_ sums: UnsafeBufferPointer<Double>, of window: Window, at place: Int) -> Double {
            let all = sums[place + window.length] - sums[place]
            guard !window.leftOut.isEmpty else { return all }
            return window.leftOut.reduce(all) { $0 - (sums[place + $1.upperBound] - sums[place + $1.lowerBound]) }
        }

        /// What the windows of a length before another one tell, some hours apart; nil when there are too few.
        private func past(
            _ window: Window, until end: Int, shift: Int, _ wanted: Reference, least: Int, hours: Double
        ) -> Past? {
            var reference = wanted
            var past = sums(window, until: end, shift: shift, reference)
            if past.windows < least, reference == .withoutUnusual {
                reference = .all
                past = sums(window, until: end, shift: shift, reference)
            }
            guard past.windows >= least else { return nil }
            // Hours of a day or a week tell nothing of a rhythm when hardly anything ever came.
            if shift != window.length, past.count < Double(past.windows) { return nil }
            let rate = past.rate
            // The squares of (count - mean) / mean, of which those of windows without a count need no look at these.
            var squares = rate * past.exposure - 2 * past.count
            var mayStandOut = false
            each(window, until: end, shift: shift, reference) { count, exposure in
                guard count > 0 else { return }
                let mean = rate * exposure
                squares += count * count / mean
                if Self.standsOut(count, mean, CountDispersion.least) { mayStandOut = true }
            }
            let known = past.with(squares: squares, hours: hours)
            guard mayStandOut else { return known }
            // Clumps stand out of a normal distribution as well.
            func wasOutbreak(_ count: Double, _ mean: Double) -> Bool {
                Self.standsOut(count, mean, known.dispersion) && CountDispersion.isOutbreak(count, mean: mean, hours)
            }
            // Once without those that stand out, so that a past outbreak is not what is usual.
            var quiet = Past()
            each(window, until: end, shift: shift, reference) { count, exposure in
                guard !wasOutbreak(count, rate * exposure) else { return }
                quiet.add(count, exposure)
            }
            guard quiet.windows < past.windows, 2 * quiet.windows >= past.windows else { return known }
            let quietRate = quiet.rate
            squares = 0
            each(window, until: end, shift: shift, reference) { count, exposure in
                guard !wasOutbreak(count, rate * exposure) else { return }
                let mean = quietRate * exposure
                squares += (count - mean) * (count - mean) / mean
            }
            return quiet.with(squares: squares, hours: hours)
        }

        /// Whether a count lies so far above its mean that it was an outbreak.
        @inline(__always)
        private static func standsOut(_ count: Double, _ mean: Double, _ dispersion: Double) -> Bool {
            let above = count - mean
            return above > 0 && above * above > outbreak * outbreak * max(1, dispersion * mean)
        }

        /// The sums over the windows of a length before another one.
        private func sums(_ window: Window, until end: Int, shift: Int, _ reference: Reference) -> Past {
            var past = Past()
            let (start, length) = (window.start, window.length)
            let high = start - (start - end + length - 1) / length * length
            let windows = (high - begin) / length
            guard
                reference != .all || !window.leftOut.isEmpty || shift != length || windows <= 0
                    || silent[high] > silent[high - windows * length]
            else {
                // They lie side by side, and something was possible in each.
                let low = high - windows * length
                past.windows = windows
                past.count = counts[high] - counts[low]
                past.exposure = exposures[high] - exposures[low]
                return past
            }
            each(window, until: end, shift: shift, reference) { past.add($0, $1) }
            return past
        }

        /// The windows of a length that lie whole hours of `shift` before another one, the last first, in which anything was possible.
        @inline(__always)
        private func each(
            _ window: Window, until end: Int, shift: Int, _ reference: Reference, _ body: (Double, Double) -> Void
        ) {
            var place = window.start - shift
            while place >= begin {
                let exposure = sum(exposures, of: window, at: place)
                if exposure > 0, place + window.length <= end, isCompared(place, with: window, reference) {
                    body(sum(counts, of: window, at: place), exposure)
                }
                place -= shift
            }
        }

        @inline(__always)
        private func isCompared(_ place: Int, with window: Window, _ reference: Reference) -> Bool {
            switch reference {
            case .all: return true
            case .withoutUnusual: return !holdsUnusual(place, window.length)
            case .sameKinds:
                // A window of a day at most is of the days of its first hour and its last one.
                guard let kinds = days?.kinds else { return false }
                let last = window.length - 1
                return kinds[place] == kinds[window.start] && kinds[place + last] == kinds[window.start + last]
            }
        }
    }
}
