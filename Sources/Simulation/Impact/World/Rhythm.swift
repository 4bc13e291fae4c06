import Statistics

/// The requests of a world on good days.
///
/// Hours and weekdays of an account mix an office desk with a service that is used around the clock; both shares are measured ones
/// (tickets.md, section 5). Each day of an account has a load of its own, a gamma draw of shape 8.
enum Rhythm {
    /// Shares of the hours of a service for the public.
    private static let publicHours = [
        0.5, 1.1, 3.7, 6.4, 8.4, 10.1, 8.8, 8.1, 7.4, 6.6, 6.6, 5.8, 5.3, 4.7, 4.2, 3.4, 2.8, 1.7, 1.4, 1.0, 0.8, 0.4,
        0.4, 0.3,
    ]
    private static let publicWeekdays = [16.5, 17.4, 17.5, 15.9, 14.9, 8.9, 8.8]

    static func requests(of world: ImpactWorld, _ draw: inout Draw) -> [Request] {
        let total = Double(world.size.requestsPerDay * world.size.days)
        let activity = world.accounts.reduce(0) { $0 + $1.activity }
        var requests: [Request] = []
        for (index, account) in world.accounts.enumerated() {
            let cumulative = loads(of: account, in: world, &draw)
            let count = draw.poisson(total * account.activity / activity)
            for _ in 0..<count {
                let hour = cumulative.insertionPoint(of: draw.uniform() * (cumulative.last ?? 1))
                let time = world.start + (Double(hour) + draw.uniform()) * 3_600
                requests.append(request(of: index, account, at: time, &draw))
            }
        }
        requests.sort { ($0.time, $0.account) < ($1.time, $1.account) }
        for index in requests.indices {
            requests[index].serial = index
            requests[index].origin = index
        }
        return requests
    }

    static func request(of index: Int, _ account: ImpactAccount, at time: Double, _ draw: inout Draw) -> Request {
        let user = draw.index(weights: account.users.indices.map { 1 / Double($0 + 1) })
        return Request(
            time: time, account: index, user: user, deployment: draw.one(of: account.deployments),
            function: draw.index(weights: account.functionWeights), serial: 0, origin: 0)
    }

    /// The sum of the loads before each hour of the desk.
    private static func loads(of account: ImpactAccount, in world: ImpactWorld, _ draw: inout Draw) -> [Double] {
        var sums = [0.0]
        var dayLoad = 1.0
        // 1 January 1970 was a Thursday.
        let firstDay = Int(world.start / 86_400) + 3
        for hour in 0..<world.size.days * 24 {
            if hour % 24 == 0 { dayLoad = draw.generator.gamma(shape: 8) / 8 }
            let local = hour + account.zone + 24
            let day = ((firstDay + local / 24 - 1) % 7 + 7) % 7
            let office = Arrivals.weekdayShares[day] * Arrivals.hourShares[local % 24]
            let open = publicWeekdays[day] * publicHours[local % 24]
            sums.append(sums[hour] + dayLoad * (account.officeShare * office + (1 - account.officeShare) * open))
        }
        return sums
    }
}
