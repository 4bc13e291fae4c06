import Features
@_spi(Stored) import Records
import Testing

/// What was said in messages worked by hand.
struct MessageWordsTests {
    private static let token = "<email:0123456789abcdef0123>"
    private static let person = "<person:0123456789abcdef0123>"

    private func expect(
        _ message: String, said: [String], pasted: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let read = ReadMessage(message, sourceLocation: sourceLocation)
        #expect(read.said == said, sourceLocation: sourceLocation)
        #expect(read.pasted == pasted, sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        "", " \n\t\n", "...", "-----", "Hello!", "Hi team,\n", "-- \nMax Muster\nAcme AG",
        "Best regards,\nMax Muster\nAcme AG\n+49 30 1234",
    ])
    func `nothing is said`(message: String) { expect(message, said: []) }

    @Test func `one word is a sentence`() { expect("broken", said: ["broken"]) }

    @Test func `a letter without its frame`() {
        expect(
            """
            Dear support team,

            since the update nobody can log in. The page stays white!
            Can you help?

            Kind regards,
            Ada Lovelace
            Analytical Engines Ltd.
            Phone: +44 20 1234
            """,
            said: ["since the update nobody can log in.", "The page stays white!", "Can you help?"])
    }

    @Test func `courtesies are the frame of a letter, without its quotes, headers and logs`() {
        let message = """
            Hi Ada, it fails again.
            2024-03-04 10:11:12,123 INFO [main] Store - opened
            2024-03-04 10:11:13,123 INFO [main] Store - closed

            Kind regards,
            Tom Miller

            On Mon, Mar 4, 2024 at 10:11 AM Bob <bob@a.example> wrote:
            > Please try again.
            """
        #expect(ReadMessage(message).courtesies.sorted() == ["Hi Ada, ", "Kind regards,", "Tom Miller"])
    }

    @Test func `a signature with marks and points`() {
        expect(
            "It hangs.\n\nCheers\nTom\n\nTom Miller | Senior Engineer | Acme Inc.\nT: +1 555 1234 | www.acme.example\n",
            said: ["It hangs."])
        expect("It hangs.\nThanks in advance for your help!\nTom", said: ["It hangs."])
    }

    @Test func `blanks and signs beyond ASCII in a letter's frame`() {
        expect(
            "Hello\u{A0}Ada Lovelace,\n\nIt hangs.\n\nThanks…\nTom\n", said: ["It hangs."])
        expect("Hi “Ada”,\nIt hangs.\n", said: ["It hangs."])
    }

    @Test func `letters in German, French and Spanish`() {
        expect(
            "Sehr geehrte Damen und Herren,\n\nseit gestern fehlt z. B. der Export. Bitte prüfen.\n\nMit freundlichen Grüßen\nErika Muster",
            said: ["seit gestern fehlt z. B. der Export.", "Bitte prüfen."])
        expect(
            "Bonjour,\n\nJe ne peux plus ouvrir le rapport. Pourquoi ?\n\nCordialement,\nJean Dupont",
            said: ["Je ne peux plus ouvrir le rapport.", "Pourquoi ?"])
        expect(
            "Buenos días,\nEl informe no se abre.\n\nUn saludo,\nMaría",
            said: ["El informe no se abre."])
    }

    @Test func `a greeting before a sentence in its line`() {
        expect("Hi all, the export fails.", said: ["the export fails."])
        expect("Hello \(Self.person), it fails again.", said: ["it fails again."])
        expect("Hello I can not log in, please help.", said: ["Hello I can not log in, please help."])
        expect("Hi! Login fails.", said: ["Login fails."])
        expect("High load on the server.", said: ["High load on the server."])
    }

    @Test func `a name behind a greeting, in any language`() {
        expect("Hello, Muka Kemulu\n\nDefrost the coil.\n", said: ["Defrost the coil."])
        expect("Hi! Ada,\nDefrost the coil.", said: ["Defrost the coil."])
        expect("Dzień dobry, Pete Mitako\n\nWczytać szablon.", said: ["Wczytać szablon."])
        expect("ЗДРАВСТВУЙТЕ! Веди Лобара\n\nОбновите драйвер.", said: ["Обновите драйвер."])
        expect("안녕하세요, 도자 노소조\n\n인증서를 갱신하세요.", said: ["인증서를 갱신하세요."])
        expect("Merhaba Sule Keto,\n\nModemi kapatın.", said: ["Modemi kapatın."])
        // Words that are no name, and a line that is all that was said.
        expect("안녕하세요, 결제가 실패합니다\n\n다시 해도 같습니다.", said: ["결제가 실패합니다", "다시 해도 같습니다."])
        expect("Hello, Login fails\n\nThanks", said: ["Login fails"])
        expect("Hello, Printer Broken", said: ["Printer Broken"])
        expect("Hi, VPN Down\nSince Monday.", said: ["VPN Down", "Since Monday."])
        expect("Hi, VPN Down\n\nSince Monday.", said: ["VPN Down", "Since Monday."])
        expect("Hi, Printer Broken\nSince Monday.", said: ["Printer Broken", "Since Monday."])
        expect("Heya Muka, it fails.", said: ["Heya Muka, it fails."])
    }

    @Test func `a reply above a quote`() {
        expect(
            "It works now.\n\nOn Mon, Mar 4, 2024 at 10:11 AM \(Self.person) <\(Self.token)> wrote:\n> Please try again.\n> > Nothing works.\n",
            said: ["It works now."])
    }

    @Test func `a reply below a quote, and between quotes`() {
        expect(
            "On 4 March 2024 10:11, \(Self.person) wrote:\n> Which version?\n\nVersion 3.2.1 of the server.\n\n> And which browser?\n\nAll of them.",
            said: ["Version 3.2.1 of the server.", "All of them."])
    }

    @Test func `an attribution that is broken over lines`() {
        expect(
            "Thanks, that helped.\n\nAm 04.03.2024 um 10:11 schrieb \(Self.person)\n\(Self.token):\n\n> Bitte neu starten.",
            said: ["Thanks, that helped."])
        expect(
            "Toujours pareil.\n\nLe lun. 4 mars 2024 à 10:11, \(Self.person)\n<\(Self.token)> a écrit :\n\nEssayez encore.",
            said: ["Toujours pareil."])
        expect(
            "Sigue igual.\n\nEl 4/3/2024 a las 10:11, \(Self.person) escribió:\n\nPruebe otra vez.",
            said: ["Sigue igual."])
    }

    @Test(arguments: [
        "Il giorno lun 4 mar 2024 alle ore 09:00 \(person) <\(token)> ha scritto:",
        "Il giorno lun 4 mar 2024 alle ore 09:00 \(person) of a long name\n<\(token)> ha scritto:",
        "Op ma 4 mrt 2024 om 09:00 schreef Support <\(token)>:",
        "pon., 4 mar 2024 o 09:00 Support <\(token)> napisał(a):", "2024年3月4日(月) 9:00 Support <\(token)>:",
        "04/03/24 09:00, \(person):",
    ])
    func `an attribution in any language is told by its day, its person and the quote below`(attribution: String) {
        expect("It was the disk.\n\n\(attribution)\n\n> Is the disk full?\n", said: ["It was the disk."])
        expect(
            "It hangs again.\n\(attribution)\n> Is the disk full?\nNo, it is not.",
            said: ["It hangs again.", "No, it is not."])
    }

    @Test func `what ends with a colon above a quote is said unless it has a day and a person`() {
        expect("Since 4 March 2024 I see this:\n> disk full", said: ["Since 4 March 2024 I see this:"])
        expect("\(Self.person) saw this:\n> disk full", said: ["\(Self.person) saw this:"])
        expect(
            "It began on 4 March 2024.\n\(Self.person) saw this:\n> disk full",
            said: ["It began on 4 March 2024.", "\(Self.person) saw this:"])
    }

    @Test(arguments: [
        "##- Please type your reply above this line -##", "##- Bitte geben Sie Ihre Antwort oben ein -##",
        "-- Please reply above this line --", "=== Antworten Sie oberhalb dieser Zeile ===",
    ])
    func `below the line that asks for an answer above it stands what was said before`(line: String) {
        expect("It hangs again.\n\n\(line)\n\nIs the disk full?\n", said: ["It hangs again."])
        expect("\(line)\n\nIs the disk full?\n", said: ["Is the disk full?"])
    }

    @Test func `words that only look like an attribution`() {
        expect(
            "On Monday the server wrote:\n2024-03-04 10:11:12 ERROR disk full\nand stopped.",
            said: ["On Monday the server wrote:", "and stopped."], pasted: ["2024-03-04 10:11:12 ERROR disk full"])
        expect("The job wrote:\nnothing at all", said: ["The job wrote:", "nothing at all"])
    }

    @Test func `an original message below dashes`() {
        expect(
            "Still broken.\n\n-----Original Message-----\nFrom: Support\nSent: Monday\nTo: Ada\nSubject: Re: broken\n\nPlease restart.",
            said: ["Still broken."])
        expect("Geht nicht.\n\n-----Ursprüngliche Nachricht-----\nBitte neu starten.", said: ["Geht nicht."])
    }

    @Test(
        arguments: [
            "From: Support\nSent: Monday, March 4, 2024 10:11 AM\nTo: Ada\nSubject: broken",
            "*Von:* Support\n*Gesendet:* Montag, 4. März 2024 10:11\n*An:* Ada\n*Betreff:* kaputt",
            "De : Support\nEnvoyé : lundi 4 mars 2024 10:11\nÀ : Ada\nObjet : panne",
            "De: Soporte\nEnviado el: lunes, 4 de marzo de 2024 10:11\nPara: Ada\nAsunto: fallo",
        ])
    func `a block of headers begins a quote`(headers: String) {
        expect("It is back.\n\n________________________________\n\(headers)\n\nPlease restart.", said: ["It is back."])
        expect("________________________________\n\(headers)\n\nPlease restart.", said: ["Please restart."])
    }

    @Test func `a line that begins like a header is no block`() {
        expect("From: the left menu.\nIt fails.", said: ["From: the left menu.", "It fails."])
    }

    @Test func `a forwarded message is read`() {
        expect(
            "FYI\n\n---------- Forwarded message ---------\nFrom: Ada\nDate: Mon, Mar 4, 2024\nSubject: broken\nTo: us\n\nThe export fails.\n\nRegards\nAda",
            said: ["FYI", "The export fails."])
    }

    @Test func `thanks, and then the letter goes on`() {
        expect(
            "It fails.\nThanks\nServer is down again.\n\nThank you,\nAda", said: ["It fails.", "Server is down again."])
        expect("Thanks, Ada\n", said: [])
        expect("Thanks for the hint, it works.", said: ["Thanks for the hint, it works."])
        expect(
            "Works.\n\nBest regards,\nAda\n\nPS: the other one fails too.",
            said: ["Works.", "PS: the other one fails too."])
    }

    @Test func `footers and legal notices`() {
        let notice = """
            This e-mail is confidential and intended solely for the use of the individual to whom it is addressed. If you have
            received it in error, please notify the sender and delete it.
            """
        expect("The job hangs.\n\nSent from my phone\n\n\(notice)", said: ["The job hangs."])
        expect("Der Lauf hängt.\n\nVon meinem Telefon gesendet", said: ["Der Lauf hängt."])
        expect("The job hangs.\n\nRegards,\nAda\nAcme\n\n\(notice)", said: ["The job hangs."])
        expect("The file is confidential. Delete it.", said: ["The file is confidential.", "Delete it."])
    }

    @Test func `a signature below two dashes`() {
        expect("Disk full.\n--\nAda\nroot of all servers, since 1843", said: ["Disk full."])
        expect("Disk full.\n-- \nAda\n", said: ["Disk full."])
    }
}
