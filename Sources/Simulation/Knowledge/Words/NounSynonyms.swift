/// Other words that customers have for the things of a trade.
enum NounSynonyms {
    static let ofNoun = [
        "order": ["purchase", "sales order"], "basket": ["cart"], "payment": ["pay transaction"],
        "shipment": ["delivery", "consignment"],
        "refund": ["money back", "credit note"], "coupon": ["voucher", "discount code"],
        "price list": ["tariff", "prices"],
        "stock level": ["inventory", "stock count"], "appointment": ["booking", "visit"],
        "patient record": ["chart", "patient file"],
        "prescription": ["script", "medication order"], "referral": ["transfer letter"],
        "lab result": ["test result", "findings"],
        "ward plan": ["bed plan", "ward board"], "consent": ["consent form"], "parcel": ["package", "box"],
        "route": ["tour", "trip"],
        "manifest": ["loading list"], "pickup": ["collection"], "delivery slot": ["time window", "slot"],
        "customs form": ["customs papers"],
        "pallet": ["skid"], "driver shift": ["driver roster"], "transfer": ["wire", "bank transfer"],
        "statement": ["account statement"],
        "card": ["bank card"], "loan offer": ["credit offer"], "standing order": ["recurring payment"],
        "mandate": ["direct debit mandate"],
        "account view": ["account overview"], "limit": ["spending limit"], "course": ["class", "training"],
        "quiz": ["test"],
        "submission": ["hand-in", "assignment"], "grade": ["mark"], "lesson video": ["recording"],
        "certificate": ["diploma"],
        "forum thread": ["discussion"], "timetable": ["schedule"], "sensor reading": ["measurement"],
        "device": ["unit"],
        "firmware": ["device software"], "alarm rule": ["alert rule"], "dashboard": ["cockpit", "board"],
        "gateway link": ["uplink"],
        "telemetry batch": ["data packet"], "payslip": ["pay stub", "wage slip"],
        "leave request": ["vacation request", "absence"],
        "timesheet": ["time card", "hours sheet"], "contract": ["agreement"], "employee file": ["personnel file"],
        "bonus run": ["bonus payment"],
        "shift swap": ["shift exchange"], "reservation": ["booking"], "room rate": ["room price"], "invoice": ["bill"],
        "guest profile": ["guest card"], "housekeeping list": ["cleaning list"], "key card": ["room key"],
        "channel feed": ["portal feed"],
        "document": ["file", "paper"], "comment": ["remark", "note"], "workspace": ["team space"],
        "template": ["master"],
        "signature request": ["e-signature"], "folder": ["directory"], "version": ["revision"], "mention": ["tag"],
        "campaign": ["mailing"], "audience": ["target group"], "landing page": ["microsite"],
        "newsletter": ["circular"],
        "form entry": ["form answer"], "tag": ["label"], "journey": ["flow"], "report": ["analysis", "evaluation"],
    ]

    /// What the parts of a product are called after a noun, with other words for each.
    static let suffixes = [
        ["list", "overview"], ["template", "form"], ["approval", "release step"], ["calendar", "planner"],
        ["archive", "history"],
        ["import wizard", "import assistant"], ["reminder", "alert"], ["report", "summary"], ["filter", "selection"],
        ["assistant", "helper"],
        ["queue", "waiting list"], ["sheet", "page"], ["board", "wall"], ["details", "detail view"],
        ["rule", "condition"],
        ["register", "journal"], ["settings", "options"], ["batch", "bundle"], ["checklist", "to-do list"],
        ["widget", "tile"],
    ]

    static func plural(of noun: String) -> String {
        if let of = noun.firstIndex(of: " "), noun[of...].hasPrefix(" of ") {
            return plural(of: String(noun[..<of])) + noun[of...]
        }
        if noun.hasSuffix("s") { return noun }
        if noun.hasSuffix("x") || noun.hasSuffix("ch") || noun.hasSuffix("sh") { return noun + "es" }
        if noun.hasSuffix("quiz") { return noun + "zes" }
        if noun.hasSuffix("y"), let last = noun.dropLast().last, !"aeiou".contains(last) {
            return noun.dropLast() + "ies"
        }
        return noun + "s"
    }
}
