/// What facts are about.
enum FactKind: String, CaseIterable {
    case organization, account, deployment, contact
}
