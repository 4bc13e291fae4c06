/// Decides what a trouble writes to the logs and what users see of it.
struct SymptomForge {
    let product: Product
    let isHard: Bool

    func fill(_ trouble: inout Trouble, _ recipe: TroubleRecipe, failingService service: Int, _ draw: inout Draw) {
        let functions = product.functions.indices.filter { trouble.scope.functions[$0] }
        let lead = product.functions[functions.first ?? 0]
        for rank in 1...draw.number(1...3) {
            let isQuiet = isHard && draw.chance(0.25)
            var cause = product.forge.statement(
                isQuiet ? Phrases.warning : Phrases.error, isQuiet ? 13 : 17, service, lead.verb, lead.noun, &draw)
            let known = lead.failures.filter { $0.service == service && $0.severity >= 17 }
            if !known.isEmpty, draw.chance(recipe.knownShare) { cause = draw.one(of: known) }
            trouble.causes.append((cause, 1 / Double(rank)))
        }
        for function in functions {
            trouble.outcomes[function] = outcome(
                of: product.functions[function], recipe, failingService: service, &draw)
        }
        trouble.componentPerHour = draw.uniform(recipe.componentPerHour)
        if trouble.componentPerHour > 0 {
            trouble.component = (0..<draw.number(1...2)).map { _ in
                var statement = product.forge.statement(
                    Phrases.trouble, draw.chance(0.7) ? 17 : 13, service, lead.verb, lead.noun, &draw, isAnonymous: true
                )
                statement.isTraced = false
                return statement
            }
        }
        trouble.words = TroubleWords(
            function: functions.count == product.functions.count ? "everything" : lead.title, noun: lead.noun,
            message: quoted(trouble, &draw))
    }

    /// What the service that users reach first logs of a failure behind it; nothing when it fails itself, and now and then.
    private func outcome(
        of function: Function, _ recipe: TroubleRecipe, failingService service: Int, _ draw: inout Draw
    ) -> Statement? {
        let entry = function.chain[0]
        guard entry != service, !draw.chance(isHard ? 0.3 : 0.15) else { return nil }
        let known = function.failures.filter { $0.service == entry && $0.severity >= 17 }
        if !known.isEmpty, draw.chance(recipe.knownShare) { return draw.one(of: known) }
        return product.forge.statement(
            Phrases.error, draw.chance(0.8) ? 17 : 13, entry, function.verb, function.noun, &draw)
    }

    /// What users read: words of a record where the software shows them its errors, or else a message of its own.
    private func quoted(_ trouble: Trouble, _ draw: inout Draw) -> String {
        let shown = trouble.outcomes.compactMap { $0 }.first ?? trouble.causes.first?.statement
        guard let shown, draw.chance(isHard ? 0.4 : 0.9) else { return draw.one(of: ErrorWords.reasons) }
        return shown.longestWords
    }
}
