extension Cue {
    private static let words: [(Cue, String)] = [
        (
            .phone,
            """
            phone phones telephone tel fax mobile cell cellphone cellular whatsapp sms handy telefon
            telefonnummer mobil mobilnummer rufnummer telefono telefax téléphone portable cellulare celular
            móvil teléfono telefone telemóvel telefoon puhelin telefonszám landline hotline voicemail msisdn
            pager phonenumber mobilenumber mobileno mob cel gsm tlf festnetz handynummer telefonnr mobilfunknummer
            telefoonnummer mobiele mobilnr matkapuhelin puhelinnumero puhelimeni telefonní telefoni telefonu
            telefonum telefonunuz telefonul telp telpon telepon ponsel
            телефон телефона телефону телефоном тел моб мобильный мобильного мобильнику τηλέφωνο τηλεφωνο κινητό κινητο
            טלפון נייד הנייד הטלפון هاتف هاتفي الهاتف جوال جوالي الجوال موبايل موبايلي تلفون تلفوني تلفن موبایل
            फोन फ़ोन मोबाइल thoại sđt โทร เบอร์ มือถือ
            电话 電話 手机 手機 座机 传真 致电 致電 拨打 撥打 携帯 連絡先 전화 휴대 핸드폰 연락처
            """
        ),
        (
            .call,
            """
            call calling reach answering contact dial ring text callback calls anrufen appeler chiamare llamar
            rufen rückruf zurückrufen erreichen erreichbar rappeler rappelez appelez joindre joignable chiamatemi chiamami
            richiamatemi llámame llamame llámenme llámeme llameme llámanos llamanos llámenos llamenos llamadme llamadnos
            llamarme llamarnos contactarme contactarnos contáctame contáctanos contácteme contáctenos contacteme contactenos
            localizarme chiami chiamarmi chiamarci chiamaci chiamateci contattare contattarmi contattarci contattami contattaci
            contattatemi contattateci raggiungere raggiungermi raggiungerci raggiungibile reperibile contacter contactez
            rappelle ligar ligue contatar bel bellen ringen zadzwoń zadzwonić позвоните звоните перезвоните اتصل 联系 聯繫
            """
        ),
        (
            .line,
            """
            office fax mobile cell phone tel landline ext extension mobil telefon
            """
        ),
        (
            .number,
            """
            number nummer numero número numéro numer číslo номер
            """
        ),
        (
            .mine,
            """
            my our mein meine meiner unsere mon notre mio nostro mi nuestro meu nosso mijn ons mój moj mitt můj
            мой наш me us mich uns moi nous
            """
        ),
        (
            .ownNumber,
            """
            numaram numeroni رقمي
            """
        ),
        (
            .cookie,
            """
            cookie cookies
            """
        ),
        (
            .password,
            """
            password passwords passe passwd passphrase passcode pwd pass passw pw pswd userpass sshpass passwort
            kennwort motdepasse contraseña contrasena senha parola wachtwoord lösenord hasło haslo heslo
            salasana adgangskode şifre пароль clave
            """
        ),
        (
            .secret,
            """
            secret secrets token tokens credential credentials apikey accesskey secretkey sig signature
            authtoken accesstoken jwt refreshtoken clientsecret privatekey accountkey sharedaccesskey bearer
            authkey auth authorization passkey apisecret
            """
        ),
        (
            .key,
            """
            key keys
            """
        ),
        (
            .qualifier,
            """
            api access secret private account shared encryption master auth signing client app license service
            storage subscription session deploy webhook
            """
        ),
        (
            .version,
            """
            version versions bump release update updated updating updates cve fixed vm jre ver build upgrade upgraded upgrading v revision java jdk openssl patch
            """
        ),
        (
            .address,
            """
            ip ips ipv4 ipv6 address addr host hosts server remote ping gateway subnet dns peer node
            inet
            """
        ),
        (
            .ssn,
            """
            ssn ssns socialsecurity social itin
            """
        ),
        (
            .card,
            """
            card cards visa mastercard maestro amex credit debit cc pan kreditkarte carte tarjeta carta
            """
        ),
        (
            .identity,
            """
            nhs sin nino tfn medicare bsn pesel personnummer cpr cpf cnpj aadhaar aadhar nif nie dni nir nis rut
            curp pan identity identification national steuer steuerid steuernummer idnr fiscale codice
            insee citizen resident rrn nric fin taxpayer tax vat ahv avs egn cnp oib jmbg tckn kimlik
            fødselsnummer henkilötunnus hetu insurance
            """
        ),
        (
            .document,
            """
            passport licence license reisepass führerschein passeport pasaporte
            passaporto
            """
        ),
        (
            .scheme,
            """
            bearer basic
            """
        ),
        (
            .folder,
            """
            home users benutzer utilisateurs usuarios utenti gebruikers settings einstellungen
            """
        ),
        (
            .filler,
            """
            a an the is was are were be been and or not no none null nil true false yes undefined empty missing
            wrong incorrect invalid required optional expired correct valid needed stored set unset changed
            reset used ok fine for from in on of to with without by at as it its this that these those must
            should can cannot could will would may might has have had does do did if when while then else but so
            because string str int integer bool boolean bytes byte char chars object array list any var let
            const new file files field fields property properties value values name type types prompt provider
            protected based only same different too very also still never always your my our their his her user
            users username authentication auth error errors failed failure fail fails exception unknown default
            redacted masked hidden removed example examples placeholder text hash hashed encrypted plain
            plaintext clear config configuration env environment variable self super return import class func
            function def void public private static final secret password token key long weak strong short here
            there below above using via needs need please what which how who why where kerberos ldap simple
            digest getting get gets sent send being expiry renewal renewer issuer identifier service manager
            store alias aliases mismatch
            """
        ),
        (
            .otherOption,
            """
            mkdir ssh scp sftp docker tar cp ps netstat nc patch unzip install pip rsync podman psql kill lsof
            nmap telnet make pidof sysctl
            """
        ),
        (
            .login,
            """
            mysql mysqldump mysqladmin mariadb mongo mongosh mongodump sshpass login logon ldapsearch sqlplus
            sqlcmd kinit htpasswd smbclient user username net
            """
        ),
        (
            .owner,
            """
            my our his her their temporary temp new old root admin initial current wifi
            """
        ),
        (
            .iban,
            """
            iban account konto
            """
        ),
        (
            .service,
            """
            root ubuntu admin administrator user users username public default shared guest centos vagrant
            runner jenkins docker git www app build deploy service all defaultuser runneradmin circleci travis
            debian fedora pi node work local data dev test home xxx foo bar bin lib logs tmp oracle postgres
            mysql your yourname me someone somebody myuser localservice networkservice
            """
        ),
        (
            .measure,
            """
            ms s bytes byte kb mb gb tb sec secs seconds minutes hours days ns us records rows blocks lines
            times percent
            """
        ),
        (
            .thing,
            """
            code codes build builds depth article articles artikel artículo articolo articulo serial sku model order orders
            invoice invoices rechnung bestellung auftrag vorgang ticket tickets reference policy contract vertrag tracking
            parcel shipment isbn ean upc gtin zip postcode plz commande facture factura fattura pedido ordine référence
            referencia riferimento
            """
        ),
    ]

    /// The last two letters of the words that name a secret, five bits each.
    static let endings: [Bool] = {
        var endings = [Bool](repeating: false, count: 1024)
        for (cue, words) in words where !cue.isDisjoint(with: [.password, .secret, .key]) {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                let last = word.utf8.suffix(2).map { Int($0 & 31) }
                endings[last[0] << 5 | last[1]] = true
            }
        }
        return endings
    }()

    /// The cues by the hash of the word.
    static let table = WordTable(
        words.flatMap { cue, words in
            words.split { $0 == " " || $0 == "\n" }.map { (hash: NameFolding.hash(String($0)), value: cue.rawValue) }
        })
}
