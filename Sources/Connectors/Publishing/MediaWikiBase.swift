internal import Records

/// A wiki of MediaWiki, through its action API.
///
/// A change names the revision that it is based on. The wiki brings two changes of different paragraphs together by itself where it can,
/// so the page is looked at right before, and what was brought together all the same is taken back. A page keeps the name that it was
/// made under, and is known by its id. A wiki has no state of a page: what is retired says so, and its text stays in the history.
struct MediaWikiBase: KnowledgeBase {
    let markup = Markup.wikitext
    let drafts = DraftKeeping.none

    private static let retired = "'''This article is out of use.'''"
    /// The bytes that the name of a page may have.
    private static let longestName = 255
    private let prefix: String
    private let session: MediaWikiSession

    /// Creates the way to a wiki.
    ///
    /// - Parameters:
    ///   - description: Its address is where `api.php` is; its place is what the names of pages begin with.
    ///   - secret: The password of the user, who should be a bot password's.
    ///   - clock: Tells the time.
    init(_ description: KnowledgeBaseDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        prefix = description.place
        session = MediaWikiSession(
            address: description.address, user: description.user, secret: secret, clock: clock)
    }

    func page(_ id: String) async throws(SystemFault) -> KnowledgePage? {
        try await read([.init("pageids", id)]).map(Self.page)
    }

    func look(for key: String, titled title: String) async throws(SystemFault) -> PageThere {
        guard let json = try await read([.init("titles", name(title))]) else { return .nothing }
        return PageText.isMarked(Self.text(json) ?? "", key) ? .page(try Self.page(json)) : .foreign
    }

    func create(_ text: PageText, as state: KnowledgePage.State) async throws(SystemFault) -> KnowledgePage {
        let json = try await edit([
            .init("text", text.body), .init("title", name(text.title)), .init("createonly", "1"),
        ])
        guard let written = json["newrevid"].identifier else {
            throw .unreadable("the wiki has made no page")
        }
        return try await page(ofRevision: written)
    }

    func update(
        _ page: KnowledgePage, to text: PageText, as state: KnowledgePage.State
    ) async throws(SystemFault) -> KnowledgePage {
        try await change(page, to: text.body)
    }

    func retire(_ page: KnowledgePage, key: String) async throws(SystemFault) {
        _ = try await change(page, to: "\(Self.retired)\n\n\(MessageMark.line(key))")
    }

    private func change(_ page: KnowledgePage, to text: String) async throws(SystemFault) -> KnowledgePage {
        guard let now = try await self.page(page.id) else { throw .missing }
        guard now.revision == page.revision else { throw .stale }
        let json = try await edit(
            [.init("text", text), .init("pageid", page.id), .init("nocreate", "1"), .init("baserevid", page.revision)])
        // The wiki makes no revision where the text is the same already.
        guard let written = json["newrevid"].identifier else { return page }
        guard json["oldrevid"].identifier == page.revision else {
            // Somebody was quicker by a moment: what the wiki made of both is taken back.
            _ = try? await edit([.init("pageid", page.id), .init("undo", written)])
            throw .stale
        }
        return try await self.page(ofRevision: written)
    }

    private func edit(_ pairs: [SystemRequest.Query]) async throws(SystemFault) -> JSON {
        let json = try await session.write(
            [.init("action", "edit"), .init("summary", "Casebook"), .init("bot", "1")] + pairs)["edit"]
        guard json["result"].text == "Success" else {
            throw .refused(
                reason: "the wiki has not taken the text: \(json["result"].text ?? "without a reason")", fields: [])
        }
        return json
    }

    /// The page as one revision left it.
    private func page(ofRevision revision: String) async throws(SystemFault) -> KnowledgePage {
        guard let json = try await read([.init("revids", revision)]) else {
            throw .unreadable("the page that was written is not there")
        }
        return try Self.page(json)
    }

    /// A page with one revision; nil when it is not there.
    private func read(_ which: [SystemRequest.Query]) async throws(SystemFault) -> JSON? {
        let json = try await session.read(
            [
                .init("action", "query"), .init("prop", "revisions"), .init("rvprop", "ids|content"),
                .init("rvslots", "main"),
            ] + which)
        guard let page = json["query"]["pages"].items.first else { return nil }
        guard page["invalid"].isNull else {
            throw .refused(reason: page["invalidreason"].text ?? "the wiki does not take this name", fields: ["title"])
        }
        return page["missing"].flag == true ? nil : page
    }

    private static func text(_ json: JSON) -> String? {
        json["revisions"].items.first?["slots"]["main"]["content"].text
    }

    private static func page(_ json: JSON) throws(SystemFault) -> KnowledgePage {
        guard let id = json["pageid"].identifier, let revision = json["revisions"].items.first?["revid"].identifier,
            let text = text(json)
        else { throw .unreadable("the answer holds no page") }
        return KnowledgePage(
            id: id, revision: revision, state: text.hasPrefix(retired) ? .retired : .published,
            fingerprint: PageFingerprint(title: "", body: text))
    }

    /// The name of the page of an article: signs that no name may have are left out, and what is too long is cut.
    private func name(_ title: String) -> String {
        var name = prefix
        for scalar in title.unicodeScalars {
            let sign = "#<>[]|{}_~%+".unicodeScalars.contains(scalar) ? " " : String(scalar)
            guard name.utf8.count + sign.utf8.count <= Self.longestName else { break }
            name += sign
        }
        return name.split(separator: " ").joined(separator: " ")
    }
}
