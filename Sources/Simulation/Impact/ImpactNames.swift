import Statistics

/// Invents the names of companies, places and components.
enum ImpactNames {
    private static let starts = [
        "Bel", "Cor", "Dan", "El", "Fal", "Gor", "Hal", "Ist", "Jun", "Kal", "Lor", "Mar", "Nor", "Ost", "Pel", "Quin",
        "Ros", "Sal",
        "Tor", "Ul", "Val", "Wes", "Yar", "Zel",
    ]
    private static let middles = ["a", "e", "i", "o", "u", "an", "en", "ar", "or", "il"]
    private static let ends = [
        "mora", "dale", "wick", "ton", "berg", "vik", "lund", "nova", "ford", "stad", "mere", "holm", "ria",
    ]
    private static let trades = [
        "Foods", "Logistics", "Bank", "Energy", "Clinics", "Motors", "Media", "Textiles", "Insurance", "Robotics",
        "Rail", "Farms",
        "Optics", "Travel", "Steel", "Legal",
    ]

    static func company(using generator: inout some RandomNumberGenerator) -> String {
        generator.pick(starts) + generator.pick(middles) + generator.pick(ends) + " " + generator.pick(trades)
    }

    static let services = [
        "gateway", "billing", "search", "ingest", "scheduler", "mailer", "ledger", "catalog", "auth", "exporter",
        "reports", "notifier",
        "sync-worker", "storage", "pricing", "inventory",
    ]
    static let regions = ["eu-west", "eu-north", "us-east", "us-central", "ap-south", "sa-east"]
    static let people = [
        "Ana", "Bo", "Cem", "Dora", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jill", "Kim", "Lea", "Max", "Nia",
    ]
}
