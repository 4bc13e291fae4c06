extension TenantStore {
    /// Which articles stand in which knowledge bases.
    ///
    /// A row outlives its article: when erasure has removed that, the page there has to go too. Of the texts there are hashes alone.
    static let publishingTables = """
        CREATE TABLE published (
            base TEXT NOT NULL, article TEXT NOT NULL, remote TEXT NOT NULL, version INTEGER NOT NULL, revision TEXT NOT NULL,
            hash TEXT NOT NULL, sent TEXT NOT NULL, state TEXT NOT NULL, conflict TEXT NOT NULL, publishedAt REAL NOT NULL,
            PRIMARY KEY (base, article)) WITHOUT ROWID;
        """
}
