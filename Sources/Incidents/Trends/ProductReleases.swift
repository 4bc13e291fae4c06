internal import Records

/// The releases that give the product its version, of those of its components.
///
/// Such are releases of the whole product, and of each component that has a version in common with them or with a deployment. Where there are neither,
/// those of the one component that was ever released. So the database that a deployment is given, say, is no version of the product, and where
/// nothing tells which of several components is, nothing is known: a deployment has one version at a time. Releases of any other component give their version
/// to the lines of the service of its name.
struct ProductReleases: Sendable {
    /// Those releases, in order of time.
    let releases: [Release]
    /// The releases of each other component, in order of time.
    let ofComponent: [String: [Release]]
    /// Whether nothing tells which component is the product.
    private let isUntold: Bool

    init(_ releases: [Release], of directory: CustomerDirectory) {
        let known = Set(
            (releases.filter(\.component.isEmpty).map(\.version) + directory.deployments.map(\.version)).map(
                VersionOrder.spelling))
        let components = Set(releases.map(\.component))
        var product = Set(releases.filter { known.contains(VersionOrder.spelling(of: $0.version)) }.map(\.component))
        if components.contains("") { product.insert("") }
        if product.isEmpty, components.count == 1 { product = components }
        isUntold = product.isEmpty
        let ordered = releases.sorted { $0.deployedAt < $1.deployedAt }
        self.releases = ordered.filter { product.contains($0.component) }
        ofComponent = Dictionary(grouping: ordered.filter { !product.contains($0.component) }, by: \.component)
    }

    /// The components whose releases count nowhere, in order: nothing tells which one is the product, and none of some services has their name.
    func untold(_ services: [String]) -> [String] {
        isUntold ? ofComponent.keys.filter { !services.contains($0) }.sorted() : []
    }
}
