internal import Records

extension TrendCounts {
    /// The names of versions and of services, and which ones a line is of.
    struct Versions {
        /// Releases in order of time.
        private typealias Timeline = [(time: Double, version: Int32)]

        private(set) var names: [String] = []
        private(set) var services: [String] = []
        private var numbers: [String: Int32] = [:]
        private var numbersOfServices: [String: Int32] = [:]
        private let releases: ProductReleases
        /// For each deployment the releases of the product.
        private var ofDeployment: [Timeline] = []
        /// For each service, and each deployment, the releases of the component of its name; empty where it has none.
        private var ofService: [[Timeline]] = []
        private let indexes: [String: Int]
        private var known: [Int32] = []

        /// For each version that lines name its number here.
        private var ofLines: [Int32] = []
        /// For each place that lines name the number of its service; -1 for none.
        private var ofPlaces: [Int32] = []
        /// For each version that lines name whether it is a name that tells nothing of the version, as it goes from one to the next.
        private var isStandIn: [Bool] = []
        private var released: Set<Int32> = []
        private(set) var linesOfStandIns = 0

        var untoldComponents: [String] { releases.untold(services) }

        init(_ directory: CustomerDirectory, _ releases: ProductReleases) {
            self.releases = releases
            indexes = Dictionary(
                directory.deployments.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
            for deployment in directory.deployments {
                known.append(deployment.version.isEmpty ? -1 : number(of: deployment.version))
            }
            ofDeployment = timelines(releases.releases)
        }

        /// For each deployment some releases.
        private mutating func timelines(_ releases: [Release]) -> [Timeline] {
            var timelines = [Timeline](repeating: [], count: known.count)
            for release in releases {
                let item = (time: release.deployedAt.seconds, version: number(of: release.version))
                released.insert(item.version)
                if let id = release.deployment {
                    if let index = indexes[id] { timelines[index].append(item) }
                } else {
                    for index in timelines.indices { timelines[index].append(item) }
                }
            }
            return timelines
        }

        mutating func number(of name: String) -> Int32 {
            let spelling = VersionOrder.spelling(of: name)
            if let known = numbers[spelling] { return known }
            let number = Int32(truncatingIfNeeded: names.count)
            names.append(name)
            numbers[spelling] = number
            return number
        }

        private mutating func number(ofService name: String) -> Int32 {
            if let known = numbersOfServices[name] { return known }
            let number = Int32(truncatingIfNeeded: services.count)
            services.append(name)
            numbersOfServices[name] = number
            ofService.append(releases.ofComponent[name].map { timelines($0) } ?? [])
            return number
        }

        /// Takes the versions that lines name, and the services of the places that they name, of which the first ones are known.
        mutating func take(_ stated: [String], places: [String]) {
            // Releases of services first, as they tell which names are those of versions.
            for name in places.dropFirst(ofPlaces.count) {
                ofPlaces.append(name.isEmpty ? -1 : number(ofService: name))
            }
            for name in stated.dropFirst(ofLines.count) {
                let number = number(of: name)
                ofLines.append(number)
                let hasDigit = name.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                isStandIn.append(!hasDigit && !released.contains(number))
            }
        }

        /// The service of a place that lines name; -1 where it has none.
        func service(ofPlace place: Int32) -> Int32 {
            place >= 0 && place < ofPlaces.count ? ofPlaces[Int(place)] : -1
        }

        /// The version of a line that names one, or, by -1, none, and the service whose own it is, -1 where it is the product's.
        mutating func version(
            stated: Int32, by service: Int32, of deployment: Int32, at time: Double
        ) -> (version: Int32, service: Int32) {
            guard stated >= 0 else { return version(of: service, on: deployment, at: time) }
            let own = ofLines[Int(stated)]
            guard isStandIn[Int(stated)] else { return (own, service) }
            let released = version(of: service, on: deployment, at: time)
            guard released.version >= 0, released.version != own else { return (own, service) }
            linesOfStandIns += 1
            return released
        }

        /// The version that a service had on a deployment at a time, as far as releases tell it; -1 where they do not.
        private func version(
            of service: Int32, on deployment: Int32, at time: Double
        ) -> (version: Int32, service: Int32) {
            guard service >= 0, !ofService[Int(service)].isEmpty else {
                return (version(of: deployment, at: time), -1)
            }
            guard deployment >= 0,
                let release = ofService[Int(service)][Int(deployment)].last(where: { $0.time <= time })
            else { return (-1, -1) }
            return (release.version, service)
        }

        /// The version that a deployment had at a time, as far as releases tell it; -1 where they do not.
        func version(of deployment: Int32, at time: Double) -> Int32 {
            guard deployment >= 0 else { return -1 }
            return ofDeployment[Int(deployment)].last { $0.time <= time }?.version ?? known[Int(deployment)]
        }
    }
}
