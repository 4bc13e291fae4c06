/// A value that is put into a text to see whether it is hidden.
public struct PlantedItem: Sendable, Hashable {
    /// What it is, for reports.
    public let family: String
    /// What stands before the value, such as `password=`.
    public let before: String
    /// The value, none of whose characters may stay; or one that must stay.
    public let value: String
    /// What stands after the value.
    public let after: String
    /// Whether the value has to be hidden.
    public let mustBeHidden: Bool

    init(_ family: String, _ value: String, before: String = "", after: String = "", mustBeHidden: Bool = true) {
        (self.family, self.value, self.before, self.after) = (family, value, before, after)
        self.mustBeHidden = mustBeHidden
    }
}

extension PlantedItem {
    /// Contacts whose names are planted: the dictionary of the tenant.
    public static let contacts: [(person: String, company: String)] = {
        var contacts: [(person: String, company: String)] = []
        for (index, first) in InventedNames.first.enumerated() {
            contacts.append(
                (
                    first + " " + InventedNames.last[index % InventedNames.last.count],
                    InventedNames.companies[index % InventedNames.companies.count]
                ))
        }
        return contacts
    }()

    /// Draws a value of one of the families, each as often as the others; one in four is a near-miss that must stay.
    static func draw(_ draw: inout Draw) -> PlantedItem {
        if draw.chance(0.25) { return nearMiss(&draw) }
        switch draw.number(0...13) {
        case 0: return card(&draw)
        case 1: return iban(&draw)
        case 2: return address(&draw)
        case 3: return email(&draw)
        case 4, 5: return phone(&draw)
        case 6: return socialSecurity(&draw)
        case 7: return nationalID(&draw)
        case 8, 9: return apiKey(&draw)
        case 10: return password(&draw)
        case 11: return credentials(&draw)
        case 12: return userFolder(&draw)
        default: return name(&draw)
        }
    }
}

/// Names that belong to nobody we know.
enum InventedNames {
    static let first = [
        "Annika", "Bogdan", "Chiara", "Dagny", "Eustace", "Femke", "Gerrit", "Hortensia", "Ignacio", "Jolanta",
        "Kasimir",
        "Liesbeth", "Matteo", "Nuria", "Ottokar", "Pernille", "Quentin", "Rosalind", "Søren", "Tiziana", "Ulrike",
        "Vikram",
        "Wilhelmina", "Xavier", "Yusuf", "Zdeněk", "Aoife", "Björn", "Céline", "Despoina",
    ]
    static let last = [
        "Abernathy", "Bielefeld", "Castellanos", "Dąbrowski", "Eriksdóttir", "Fitzwilliam", "Grünwald", "Hakimov",
        "Ibáñez",
        "Jankauskas", "Kowalczyk", "Lindqvist", "Müllerová", "Nakagawa", "Okonkwo", "Papadopoulos", "Quisenberry",
        "Rasmussen",
        "Szymański", "Tchaikovsky", "Uzunoğlu", "Vandenberghe", "Wojciechowski", "Ximénez", "Yamashita", "Zimmermann",
        "O'Halloran", "van der Velde", "Schröder", "Łukasik",
    ]
    static let companies = [
        "Quarrendon Freight GmbH", "Velmora Instruments Ltd", "Tarnbeck & Söhne AG", "Oskarine Foods Inc.",
        "Brightmarsh Utilities plc",
        "Halvorsen Marine AS", "Zentrix Optik GmbH", "Calder Vale Insurance", "Montclair Seguros S.A.",
        "Ferrovia Padana SpA",
    ]
}
