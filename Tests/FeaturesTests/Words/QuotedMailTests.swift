import Testing

/// Earlier messages below a reply, in mails of many languages.
struct QuotedMailTests {
    /// The same with the address of the sender as a redactor leaves it.
    private func forms(_ text: String) -> [String] {
        [text, text.replacing("s@desk.example", with: "<email:0123456789abcdef0123>")]
    }

    private func expect(_ message: String, said: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        for form in forms(message) {
            #expect(ReadMessage(form).said == said, "\(form)", sourceLocation: sourceLocation)
        }
    }

    private static let attributions = [
        "On Mon, Mar 2, 2026 at 9:00 AM Desk <s@desk.example> wrote:",
        "Am Mo., 2. März 2026 um 09:00 Uhr schrieb Desk <s@desk.example>:",
        "Le lun. 2 mars 2026 à 09:00, Desk <s@desk.example> a écrit :",
        "El lun, 2 mar 2026 a las 9:00, Desk (<s@desk.example>) escribió:",
        "Il giorno lun 2 mar 2026 alle ore 09:00 Desk <s@desk.example> ha scritto:",
        "Op ma 2 mrt 2026 om 09:00 schreef Desk <s@desk.example>:",
        "Em seg., 2 de mar. de 2026 às 09:00, Desk <s@desk.example> escreveu:",
        "pon., 2 mar 2026 o 09:00 Desk <s@desk.example> napisał(a):",
        "пн, 2 мар. 2026 г. в 09:00, Desk <s@desk.example>:",
        "Den mån 2 mars 2026 kl 09:00 skrev Desk <s@desk.example>:",
        "Den man. 2. mar. 2026 kl. 09.00 skrev Desk <s@desk.example>:",
        "po 2. 3. 2026 v 9:00 odesílatel Desk <s@desk.example> napsal:",
        "Desk <s@desk.example>, 2 Mar 2026 Pzt, 09:00 tarihinde şunu yazdı:",
        "2026年3月2日(月) 9:00 Desk <s@desk.example>:",
        "Desk <s@desk.example> 于2026年3月2日周一 09:00写道：",
        "2026년 3월 2일 (월) 오전 9:00, Desk <s@desk.example>님이 작성:",
        "ma 2. maalisk. 2026 klo 9.00 Desk (s@desk.example) kirjoitti:",
        "Desk <s@desk.example> ezt írta (időpont: 2026. márc. 2., H, 9:00):",
        "Στις Δευ 2 Μαρ 2026 στις 9:00 π.μ., ο χρήστης Desk <s@desk.example> έγραψε:",
        "În lun., 2 mar. 2026 la 09:00, Desk <s@desk.example> a scris:",
        "Pada Sen, 2 Mar 2026 pukul 09.00 Desk <s@desk.example> menulis:",
        "Vào Th 2, 2 thg 3, 2026 vào lúc 09:00 Desk <s@desk.example> đã viết:",
        "пн, 2 бер. 2026 р. о 09:00 Desk <s@desk.example> пише:",
        "\u{202B}בתאריך יום ב׳, 2 במרץ 2026 ב-9:00 מאת \u{202A}Desk\u{202C}\u{200F} <\u{202A}s@desk.example\u{202C}\u{200F}>:\u{202C}",
        "في الاثنين، 2 مارس 2026 في 9:00 ص تمت كتابة ما يلي بواسطة Desk <s@desk.example>:",
        "ในวันที่ จ. 2 มี.ค. 2569 เวลา 09:00 น. Desk <s@desk.example> เขียนว่า:",
        "Dana pon, 2. ožu 2026. u 09:00 Desk <s@desk.example> je napisao/la:",
        "На пн, 2.03.2026 г. в 9:00 Desk <s@desk.example> написа:",
        "Desk <s@desk.example> schrieb am Mo., 2. März 2026, 09:00:",
        "Il giorno lun 2 mar 2026 alle ore 09:00 Desk of Example <\ns@desk.example> ha scritto:",
        "2026年3月2日(月) 9:00 Support Desk <\nsupport-desk-of-a-long-name@desk.example>:",
    ]

    @Test(arguments: attributions)
    func `what stands below an attribution is quoted, with and without marks`(attribution: String) {
        expect("It hangs.\n\n\(attribution)\n\nRestart it.\nThen wait.\n", said: ["It hangs."])
        expect("It hangs.\n\n\(attribution)\n> Restart it.\n> Then wait.\n", said: ["It hangs."])
    }

    @Test(arguments: ["Op 2-3-2026 om 09:00 schreef Desk:", "Il 02/03/2026 09:00, Desk ha scritto:"])
    func `a known verb stands for the address`(attribution: String) {
        expect("It hangs.\n\n\(attribution)\n\nRestart it.\n", said: ["It hangs."])
    }

    private static let blocks = [
        "From: Desk <s@desk.example>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Jan <j@shop.example>\nSubject: Re: x",
        "Von: Desk <s@desk.example>\nGesendet: Montag, 2. März 2026 09:00\nAn: Jan <j@shop.example>\nBetreff: Re: x",
        "De : Desk <s@desk.example>\nEnvoyé : lundi 2 mars 2026 09:00\nÀ : Jan <j@shop.example>\nObjet : Re: x",
        "De: Desk <s@desk.example>\nEnviado: lunes, 2 de marzo de 2026 9:00\nPara: Jan <j@shop.example>\nAsunto: Re: x",
        "Da: Desk <s@desk.example>\nInviato: lunedì 2 marzo 2026 09:00\nA: Jan <j@shop.example>\nOggetto: Re: x",
        "Van: Desk <s@desk.example>\nVerzonden: maandag 2 maart 2026 09:00\nAan: Jan <j@shop.example>\nOnderwerp: Re: x",
        "Od: Desk <s@desk.example>\nWysłano: poniedziałek, 2 marca 2026 09:00\nDo: Jan <j@shop.example>\nTemat: Re: x",
        "От: Desk <s@desk.example>\nОтправлено: понедельник, 2 марта 2026 г. 9:00\nКому: Jan <j@shop.example>\nТема: Re: x",
        "Från: Desk <s@desk.example>\nSkickat: den 2 mars 2026 09:00\nTill: Jan <j@shop.example>\nÄmne: Re: x",
        "De: Desk <s@desk.example>\nEnviado: segunda-feira, 2 de março de 2026 09:00\nPara: Jan <j@shop.example>\nAssunto: Re: x",
        "差出人: Desk <s@desk.example>\n送信日時: 2026年3月2日 9:00\n宛先: Jan <j@shop.example>\n件名: Re: x",
        "Gesendet: Montag, 02. März 2026 um 09:00 Uhr\nVon: \"Desk\" <s@desk.example>\nAn: j@shop.example\nBetreff: Re: x",
        "Lähettäjä: Desk <s@desk.example>\nLähetetty: maanantai 2. maaliskuuta 2026 9.00\nVastaanottaja: Jan Smit\nAihe: Re: x",
        "发件人： Desk <s@desk.example>\n发送时间： 2026年3月2日 9:00\n收件人： Jan <j@shop.example>\n主题： Re: x",
        "보낸 사람: Desk <s@desk.example>\n보낸 날짜: 2026년 3월 2일 월요일 오전 9:00\n받는 사람: Jan <j@shop.example>\n제목: Re: x",
        "Kimden: Desk <s@desk.example>\nGönderildi: 2 Mart 2026 Pazartesi 09:00\nKime: Jan <j@shop.example>\nKonu: Re: x",
        "Od: Desk <s@desk.example>\nOdesláno: pondělí 2. března 2026 9:00\nKomu: Jan <j@shop.example>\nPředmět: Re: x",
        "Feladó: Desk <s@desk.example>\nElküldve: 2026. március 2., hétfő 9:00\nCímzett: Jan <j@shop.example>\nTárgy: Re: x",
        "Fra: Desk <s@desk.example>\nSendt: 2. marts 2026 09:00\nTil: Jan <j@shop.example>\nEmne: Re: x",
        "*Da:* Desk <s@desk.example>\n\n*Inviato:* lunedì 2 marzo 2026 09:00\n\n*A:* Jan <j@shop.example>\n\n*Oggetto:* Re: x",
        "Da: Desk [mailto:s@desk.example]\nInviato: lunedì 2 marzo 2026 09:00\nA: Jan\nOggetto: Re: x",
    ]

    @Test(arguments: blocks)
    func `what stands below headers is quoted, with and without a line between`(headers: String) {
        expect("It hangs.\n\n\(headers)\n\nRestart it.\n", said: ["It hangs."])
        expect(
            "It hangs.\n\n________________________________\n\(headers)\n\nRestart it.\n", said: ["It hangs."])
    }

    @Test(arguments: blocks.filter { $0.contains("<j@") })
    func `below headers that nothing stands above is a message that was passed on`(headers: String) {
        expect("\(headers)\n\nIt hangs again.\n", said: ["It hangs again."])
    }

    @Test func `headers between dashes tell by these whether the message is passed on`() {
        let outlook = "Da: Desk <s@desk.example>\nInviato: lunedì 2 marzo 2026 09:00\nA: Jan\nOggetto: x"
        expect("It hangs.\n\n-----Messaggio originale-----\n\(outlook)\n\nRestart it.\n", said: ["It hangs."])
        let gmail = "Da: Desk <s@desk.example>\nDate: lun 2 mar 2026 alle ore 09:00\nSubject: x\nTo: <j@shop.example>"
        expect(
            "See below.\n\n---------- Messaggio inoltrato ---------\n\(gmail)\n\nIt hangs.\n",
            said: ["See below.", "It hangs."])
        let thunderbird =
            "Oggetto: x\nData: Mon, 2 Mar 2026 09:00:00 +0100\nMittente: Desk <s@desk.example>\nA: j@shop.example"
        expect(
            "See below.\n\n-------- Messaggio Inoltrato --------\n\(thunderbird)\n\nIt hangs.\n",
            said: ["See below.", "It hangs."])
    }

    @Test(arguments: [
        "Hello,\nthe printer stops.\n\nVersion: 1.2\nZeit: 2.3.2026 09:00\nServer: x@y.example\n\nLAST please help",
        "The printer stops.\n\nUser: jan@shop.example\nTime: 2 March 2026 09:00\nServer: web1\nPage: checkout\n\nLAST please help",
        "The printer stops.\n\nReporter: Jan Smit <jan@shop.example>\nTime: 2 March 2026 09:00\nProblem: LAST stops",
        "A mail does not come:\n\nFrom: Desk <s@desk.example>\nTo: Jan <j@shop.example>\nSubject: x\nDate: Mon, 2 Mar 2026 09:00:00 +0100\n\nLAST it is lost.",
        "This mail does not come\n\nFrom: Desk <s@desk.example>\nTo: Jan <j@shop.example>\nSubject: LAST\nIt is lost.",
        "Il messaggio non arriva\n\nDa: Desk <s@desk.example>\nDate: Mon, 2 Mar 2026 09:00:00 +0100\nMessage-ID: <abc@x.example>\nTo: Jan <j@shop.example>\n\nLAST perso",
        "I call the API.\n\nHost: api.desk.example\nDate: Mon, 02 Mar 2026 09:00:00 GMT\nContent-Type: text/html\nFrom: <bot@x.example>\n\nLAST it says 400",
        "It fails.\n\nThe error on 12.03.2026 at 10:15 by John Smith was:\n\n2026-03-12 10:15:00,123 ERROR disk full\nLAST stopped",
        "It fails.\n\nThe error on 12.03.2026 at 10:15 by John Smith was:\n\nLAST disk full",
        "It fails.\n\nOn 12.03.2026 at 10:15 our user John Smith <john@x.example> got this error:\n\nLAST disk full",
        "Es geht nicht.\n\nAm 12.03.2026 um 10:15 bekam Jan Smit <jan@x.example> diesen Fehler:\n\nLAST Platte voll",
        "Es geht nicht.\n\nJan Smit <jan@x.example> meldete am 12.03.2026 um 10:15 diesen Fehler:\n\nLAST Platte voll",
        "Bij ons sinds 2 maart 2026 9:00 deze fout:\n\nLAST schijf vol",
        "It fails since 2 March 2026 09:00 for these users: a@x.example\nLAST and b",
        "Users that saw it on 2 March 2026 at 09:00 are <a@x.example>, <b@x.example>:\n\nLAST both",
        "On 2 March 2026 at 09:00 these two lines stood in the log of <a@x.example>:\n\nLAST both",
        "java.lang.IllegalStateException: x\n\tat a.b.C.d(E.java:12)\nCaused by: y\n\nLAST both",
        "Adresse: Jan <j@shop.example>\n\nLAST both",
        "Kunde: Jan Smit <jan@x.example>\nZeit: 2.3.2026 09:00\nDrucker: HP\nFehler: LAST\n\nSeit heute steht er.",
        "Es geht nicht. Siehe Meldung:\n\nKunde: Jan Smit <jan@x.example>\nZeit: 2.3.2026 09:00\nDrucker: HP\nFehler: E3\n\nLAST Seit heute steht er.",
        "Es geht nicht.\n\nSince 12.03.2026 10:15 our user John <john@x.example> sees:\n\nLAST Seit heute steht er.",
    ])
    func `what only looks like headers or an attribution quotes nothing`(message: String) {
        for form in forms(message) {
            #expect(ReadMessage(form).said.contains { $0.contains("LAST") }, "\(form)")
        }
    }

    @Test func `pasted headers are said with what explains them`() {
        let headers = ["From: Desk <s@desk.example>", "To: Jan <j@shop.example>", "Date: Mon, 2 Mar 2026 09:00"]
        #expect(
            ReadMessage("A mail is lost:\n\n\(headers.joined(separator: "\n"))\n\nWhere is it?").said
                == ["A mail is lost:"] + headers + ["Where is it?"])
    }

    @Test(arguments: [
        "Cordiali saluti\nAda", "Met vriendelijke groet,\nAda", "Atenciosamente,\nAda", "Pozdrawiam\nAda",
        "С уважением,\nAda", "Med vänliga hälsningar\nAda", "Med venlig hilsen\nAda", "S pozdravem\nAda",
        "Saygılarımla,\nAda", "Ystävällisin terveisin\nAda", "Üdvözlettel:\nAda", "よろしくお願いします\nAda",
        "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Enviado do meu iPhone", "Wysłano z iPhone'a",
        "Отправлено с iPhone", "Skickat från min iPhone", "Sendt fra min iPhone", "Odesláno z iPhonu",
        "iPhone'umdan gönderildi", "Lähetetty iPhonesta", "iPhoneから送信", "发自我的 iPhone", "나의 iPhone에서 보냄",
    ])
    func `closings and footers`(ending: String) {
        expect("It hangs.\n\n\(ending)\n", said: ["It hangs."])
    }

    @Test(arguments: [
        "Questo messaggio contiene informazioni riservate ed è destinato solo ai destinatari indicati. Se lo ha ricevuto per errore, la preghiamo di cancellarlo.",
        "Dit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde. Hebt u het abusievelijk ontvangen, laat het ons dan weten en verwijder het bericht.",
        "Ta wiadomość jest poufna i przeznaczona tylko dla adresata. Jeśli otrzymano ją przez pomyłkę, prosimy o kontakt z nadawcą i usunięcie wiadomości.",
        "Это сообщение конфиденциально и предназначено только для получателя. Если вы получили его по ошибке, удалите его.",
    ])
    func `legal notices`(notice: String) {
        expect("It hangs.\n\n\(notice)\n", said: ["It hangs."])
        expect(
            "It hangs since noon.\n\nThe report is confidential.",
            said: ["It hangs since noon.", "The report is confidential."])
    }

    private static let passedOn = [
        "From: Ada\nSent: Monday, 2 March 2026 10:00\nTo: Bob\nSubject: cold\n\nThe freezer climbs to minus sixty overnight.",
        "-----Original Message-----\nFrom: Ada\nSent: Monday\nTo: Bob\n\nThe freezer climbs to minus sixty overnight.",
        "> The freezer climbs to minus sixty overnight.",
        "On Mon, 2 Mar 2026 at 10:00, Ada wrote:\n> The freezer climbs to minus sixty overnight.",
        "Begin forwarded message:\n> From: Ada\n> Date: 2 March 2026\n> To: Bob\n>\n>> The freezer climbs to minus sixty overnight.",
    ]

    @Test(arguments: passedOn)
    func `who opens a ticket and says little passes on what is below`(mail: String) {
        let problem = "The freezer climbs to minus sixty overnight."
        for opening in ["", "FYI\n\n", "Hi, can you help with the mail below?\n\n"] {
            #expect(ReadMessage(opening + mail, isOpening: true).said.last == problem, "\(opening + mail)")
        }
        let own = "The printer of the second floor prints empty pages since Monday."
        #expect(ReadMessage("\(own)\n\n\(mail)", isOpening: true).said.first == own)
    }

    @Test(arguments: passedOn.dropLast())
    func `who has said what is wrong, or answers, quotes what is below`(mail: String) {
        let own = "The printer of the second floor prints empty pages since Monday."
        #expect(ReadMessage("\(own)\n\n\(mail)", isOpening: true).said == [own])
        #expect(ReadMessage("FYI\n\n\(mail)").said == ["FYI"])
    }
}
