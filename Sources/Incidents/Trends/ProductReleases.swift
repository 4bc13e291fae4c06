internal import Records

/// The releases that give the product its version, of those of its components.
///
/// Such are releases of the whole product, and of each component that has a version in common with them or with a deployment. Where there are neither,
/// those of the one component that was ever released. So the database that a deployment is given, say, is no version of the product, and where
/// nothing tells which of several components is, nothing is known: a deployment has one version at a time.
struct ProductReleases: Sendable {
    /// Those releases, in order of time.
    let releases: [Release]
    /// The components of which nothing tells which one is the product, in order; empty where that is known.
    let untold: [String]

    init(_ releases: [Release], of directory: CustomerDirectory) {
        let known = Set(
            (releases.filter(\.component.isEmpty).map(\.version) + directory.deployments.map(\.version)).map(
                VersionOrder.spelling))
        let components = Set(releases.map(\.component))
        var product = Set(releases.filter { known.contains(VersionOrder.spelling(of: $0.version)) }.map(\.component))
        if components.contains("") { product.insert("") }
        if product.isEmpty, components.count == 1 { product = components }
        untold = product.isEmpty ? components.sorted() : []
        self.releases = releases.filter { product.contains($0.component) }.sorted { $0.deployedAt < $1.deployedAt }
    }
}
