import Knowledge
import Records
import Testing

extension ArticleWriterTests {
    @Test(
        arguments: [
            "The printer at Nordwind prints only empty pages.", "The host acme-prod-7 prints only empty pages.",
            "The printed order 88123 is only empty pages.",
        ] as [RedactedText])
    func `no word of fewer than three customers stands in an article`(sentence: RedactedText) throws {
        func plant(_ one: inout SupportCase, _ place: Int) {
            // Of two customers of six, in each place that an article takes words from.
            guard place % 6 < 2 else { return }
            one.ticket.subject = sentence
            add(sentence, to: &one.ticket.body)
            one.ticket.resolution = RedactedText(joining: [one.ticket.resolution, sentence])
            one.messages = [
                DeskOfTests.message(.agent, hours: 1, RedactedText(joining: ["It was caused there.", sentence]))
            ]
            one.environment.append(.init(field: "host", value: "acme-prod-7", cases: 1))
            one.environment.append(.init(field: "company", value: "Nordwind", cases: 1))
        }
        let names = ["nordwind", "acme", "88123"]
        let words = try words(write(plant).draft.article)
        #expect(!names.contains { words.contains($0) }, "\(words)")
        // They stand where nobody is to be kept safe.
        let unsafe = try self.words(write(leastCustomers: 1, plant).draft.article)
        #expect(names.contains { unsafe.contains($0) })
    }

    @Test func `a name that stands in the greetings of everybody stands in no article`() throws {
        let (draft, cases) = try write { one, place in
            let sentence: RedactedText =
                place % 6 < 4 ? "Ingrid printed only empty pages." : "The printer gives empty pages."
            one.ticket.body = RedactedText(
                stringLiteral: "Hello Ingrid,\n\n\(place % 3 == 0 ? sentence.string : one.ticket.body.string)\n")
            one.messages = [
                DeskOfTests.message(.agent, hours: 1, "Dear Ingrid,\n\nWe have a look at the documents.\n")
            ]
        }
        #expect(cases[0].ticket.body.string.contains("Ingrid printed"))
        #expect(!words(draft.article).contains("ingrid"))
    }

    @Test func `words that logs hold which customers paste may stand in an article`() throws {
        let restart = DeskOfTests.printer.notes[0]
        let log = """
            2026-01-05 09:00:01,120 INFO [main] com.example.Spooler - driver started
            2026-01-05 09:00:02,480 INFO [main] com.example.Spooler - driver started
            """
        let (draft, _) = try write { one, place in
            one.ticket.body = RedactedText(stringLiteral: "\(one.ticket.body.string)\n\n\(log)")
            one.ticket.resolution = place < 6 ? restart : "done"
        }
        #expect(draft.article.resolution.map(\.text) == [restart])
    }

    @Test func `a name of several parts needs twice as many customers`() throws {
        func article(customers: Int) throws -> Article {
            let (draft, _) = try write { one, place in
                one.ticket.subject = "Empty"
                guard place % 6 < customers else { return }
                add("The printer of Blue River prints only empty pages.", to: &one.ticket.body)
            }
            return draft.article
        }
        #expect(try !words(article(customers: 5)).contains("blue river"))
        #expect(try words(article(customers: 6)).contains("blue river"))
    }

    /// The article when customers below a number have a title, and all say nothing or one thing else.
    private func article(titled title: RedactedText, customers: Int, body: RedactedText = "") -> Article? {
        try? write { one, place in
            one.ticket.subject = place % 6 < customers ? title : "Empty"
            one.ticket.body = body
        }.draft.article
    }

    @Test(
        arguments: [
            "Office Printer Gives Empty Pages After The Update", "EVERY PRINTED PAGE IS EMPTY SINCE THE UPDATE",
            "принтер печатает только пустые страницы", "Ο εκτυπωτής βγάζει μόνο κενές σελίδες",
            "プリンターが白紙だけ出す", "打印机只输出空白页面",
        ] as [RedactedText])
    func `words that three customers use make a title, however letters have capitals there`(title: RedactedText) {
        #expect(article(titled: title, customers: 4)?.title == title)
        #expect(article(titled: title, customers: 2) == nil)
    }

    @Test(
        arguments: [
            "the printer of Blue River prints only empty pages", "принтер фирмы Синяя Река печатает пустые страницы",
            "the printer at blue‑river prints only empty pages",
        ] as [RedactedText])
    func `names of several parts in any script need twice as many customers`(title: RedactedText) {
        #expect(article(titled: title, customers: 5) == nil)
        #expect(article(titled: title, customers: 6)?.title == title)
    }

    @Test(
        arguments: [
            "Julia Becker says the pages are empty", "Julia Becker Gets Only Empty Pages",
            "JULIA BECKER GETS ONLY EMPTY PAGES", "julia becker gets only empty pages",
            "Pages are empty for customer 42 92 70", "Pages are empty for the user born 15 june 1968",
            "Pages are empty in Becker 70", "Pages are empty at the blue mill",
            "Printed pages are empty, says the blue mill",
        ] as [RedactedText])
    func `words that all customers use make no name of few`(title: RedactedText) {
        let body: RedactedText = """
            Julia and Becker and 42 and 92 and 70 and 15 and june and 1968 and says and born and user and customer and gets and only and empty and pages and blue and mill and printed.
            """
        let few = article(titled: title, customers: 2, body: body)
        #expect(few.map { !([$0.title] + $0.issue.map(\.text)).contains(title) } ?? true)
        #expect(article(titled: title, customers: 6, body: body)?.title == title)
    }

    @Test func `what agents tell many customers names none, and what they tell of a site of one does`() throws {
        let words: RedactedText = "Blue and mill and restart and switch."
        func resolution(customers: Int) throws -> [RedactedText] {
            try write { one, place in
                add(words, to: &one.ticket.body)
                one.ticket.resolution = place % 6 < customers ? "Restart the switch of the blue mill." : "done"
            }.draft.article.resolution.map(\.text)
        }
        #expect(try resolution(customers: 2) == [])
        #expect(try resolution(customers: 3) == ["Restart the switch of the blue mill."])
    }

    @Test func `three characters in a row come from three customers where no blanks tell words`() throws {
        // Of the last title, which two customers say, each two characters in a row stand in what four say.
        let titles: [RedactedText] = ["レンド白紙印刷", "トレース白紙印刷", "トレンド白紙印刷"]
        let (draft, _) = try write { one, place in
            one.ticket.subject = titles[place % 6 < 2 ? 2 : place % 2]
            one.ticket.body = ""
        }
        #expect(draft.article.title == titles[0])
    }

    @Test func `what stands for a redacted value stands in no article`() throws {
        let mail = EffectDesk.text("The printer of eve@example.com prints only empty pages.")
        #expect(mail.holdsToken)
        let (draft, _) = try write { one, place in
            one.ticket.subject = mail
            add(mail, to: &one.ticket.body)
        }
        let all = [draft.article.title] + draft.article.issue.map(\.text)
        #expect(all.allSatisfy { !$0.holdsToken })
    }
}
