extension EverydayWords {
    /// What departments, workspaces, environments and machines are called anywhere.
    static let ofWorkplaces = hashes(
        """
        account accounts acceptance admin administration analytics api app application apps archive audit auth backend backup base billing build \
        business call center central centre certification chat client clients cluster clusters com communication company config contact control \
        corporate crm customer customers dashboard database databases default demo department deploy deployment desk dev devel development device \
        devices devops docs document documents domain download edge email enterprise erp export external failover file files front frontend \
        gateway group guest help host hosting human import info infra infrastructure ingress instance integration intern internal \
        intranet inventory invoice invoices job jobs kubernetes lab laboratory legacy license live load loadtest local localhost log \
        login logs machine mail maintenance management manager marketing memory mobile monitor monitoring net node nodes notification office \
        online operation operations ops order orders org partner payment payments payroll people personal phone planning platform portal preprod \
        preview primary print printer private prod product production products program project projects proxy public purchase purchasing quality \
        queue recovery region registry release remote replica report reporting reports research resource resources sandbox scheduler school \
        secondary security session sessions shared shipping shop signal smtp software source space special stage staging standard standby \
        start status storage store student students supply support sync target tasks team teams tenant test tester testing tests ticket tickets \
        time tool tools track training transport travel uat update upload user users vendor vendors version video virtual vpn warehouse web \
        website webshop wiki wifi work worker workers workflow workplace workshop workspace workspaces www \
        abteilung buchhaltung einkauf kunde kunden kundenservice lager produktion technik verkauf vertrieb verwaltung \
        cliente clientes equipo oficina produccion pruebas servicio servicios soporte tienda ventas almacen \
        boutique bureau equipe service ventes achats comptabilite dzial klient klienci produkcja sklep sprzedaz wsparcie zespol \
        cliente clienti ufficio vendite assistenza klant klanten verkoop winkel avdeling kunder salg drift
        """)
}
