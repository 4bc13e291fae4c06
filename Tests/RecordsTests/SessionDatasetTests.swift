import Records
import Testing

struct SessionDatasetTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    func dataset(_ json: String) throws -> SessionDataset {
        try SessionDataset(at: folder.write(json, to: "datasets/d/dataset.json"))
    }

    func fault(_ json: String) throws -> String {
        do {
            _ = try dataset(json)
            return "no error"
        } catch let error as RecordError {
            return error.description.replacing(folder.path + "/datasets/d/", with: "")
        }
    }

    @Test func `files are read by their role`() throws {
        try folder.write("a b\n\nb c \r\n", to: "datasets/d/train")
        try folder.write("Seq,label\na b,0\nx,1\n", to: "datasets/d/mixed.csv")
        try folder.write("{\"id\": \"s1\", \"signatures\": [\"y\"], \"more\": 1}\n", to: "datasets/d/bad.ndjson")
        let dataset = try dataset(
            """
            {"name": "d", "kind": "sessions", "files": ["train", "mixed.csv", "bad.ndjson"],
             "columns": {"signatures": "Seq", "label": "label"}, "prevalence": 0.1,
             "roles": {"train": ["train"], "normal": ["mixed.csv"], "anomalous": ["bad.ndjson", "mixed.csv"]}}
            """)
        #expect(
            dataset.training == [
                LogSession(id: "train:1", signatures: ["a", "b"]), LogSession(id: "train:3", signatures: ["b", "c"]),
            ])
        #expect(dataset.normal == [LogSession(id: "mixed.csv:2", signatures: ["a", "b"])])
        #expect(
            dataset.anomalous == [
                LogSession(id: "s1", signatures: ["y"]), LogSession(id: "mixed.csv:3", signatures: ["x"]),
            ])
    }

    @Test func `without roles the first half is learned from`() throws {
        try folder.write(
            "signatures,label\na,normal\nb,Anomaly\nc,0\nd,abnormal\n", to: "datasets/d/all.csv")
        let dataset = try dataset("{\"name\": \"d\", \"kind\": \"sessions\", \"files\": [\"all.csv\"]}")
        #expect(dataset.training.map(\.signatures) == [["a"], ["b"]])
        #expect(dataset.normal.map(\.signatures) == [["c"]])
        #expect(dataset.anomalous.map(\.signatures) == [["d"]])
    }

    @Test func `lines are put together to windows, which one alert makes anomalous`() throws {
        try folder.write(
            "text,label\na b,-\nc,-\nd,DISK\ne,-\nf,-\n", to: "datasets/d/lines.csv")
        let dataset = try dataset(
            """
            {"name": "d", "kind": "sessions", "files": ["lines.csv"], "window": 2,
             "columns": {"signatures": "text", "label": "label"}}
            """)
        #expect(dataset.training.map(\.signatures) == [["a b", "c"]])
        #expect(dataset.anomalous.map(\.signatures) == [["d", "e"]])
        #expect(dataset.normal.map(\.signatures) == [["f"]])
    }

    @Test(arguments: [
        ("\"files\": []", "dataset.json: key \"files\": no file is named"),
        ("\"files\": \"x\"", "dataset.json: key \"files\": is no list"),
        (
            "\"files\": [\"../x\"]",
            "dataset.json: key \"files\": \"../x\" is not below the folder of the data set"
        ),
        ("\"files\": [\"nowhere\"]", "nowhere: no such file, nor in $CASEBOOK_DATA/d or ../shared/data"),
        ("\"files\": [\"t.csv\"], \"window\": 0", "dataset.json: key \"window\": 0 is not at least 1"),
        ("\"files\": [\"t.csv\"], \"prevalence\": 1", "dataset.json: key \"prevalence\": 1.0 is not between 0 and 1"),
        (
            "\"files\": [\"t.csv\"], \"contamination\": -1",
            "dataset.json: key \"contamination\": -1.0 is not between 0 and 1"
        ),
        ("\"files\": [\"t.csv\"], \"roles\": {\"train\": []}", "dataset.json: key \"roles.train\": no file is named"),
        (
            "\"files\": [\"t.csv\"], \"roles\": {\"train\": [\"u\"]}",
            "dataset.json: key \"roles\": \"u\" is not among the files"
        ),
        ("\"files\": [\"t.csv\"]", "t.csv:3: field \"label\": \"maybe\" says neither normal nor anomalous"),
        ("\"files\": [\"ragged.csv\"]", "ragged.csv:2: 1 fields where the header has 2"),
        ("\"files\": [\"quote.csv\"]", "quote.csv:2: field \"1\": a quote is opened and never closed: \"\""),
        ("\"files\": [\"empty.csv\"]", "empty.csv: the file is empty"),
        ("\"files\": [\"header.csv\"]", "header.csv: the file is empty"),
        ("\"files\": [\"plain\"]", "plain:1: field \"label\": a value is needed here"),
        (
            "\"files\": [\"plain\"], \"roles\": {\"train\": [\"plain\"], \"normal\": [\"bad.ndjson\"]}",
            "dataset.json: key \"roles\": \"bad.ndjson\" is not among the files"
        ),
        (
            "\"files\": [\"bad.ndjson\"], \"roles\": {\"train\": [\"bad.ndjson\"]}",
            "bad.ndjson:2: field \"signatures\": a value is needed here"
        ),
        (
            "\"files\": [\"t.csv\"], \"columns\": {\"signatures\": \"lost\"}",
            "t.csv:1: field \"lost\": no such column; there are signatures, label"
        ),
    ])
    func `what is wrong is named with its file, line and field`(keys: String, message: String) throws {
        try folder.write("signatures,label\na,1\nb,maybe\n", to: "datasets/d/t.csv")
        try folder.write("signatures,label\na\n", to: "datasets/d/ragged.csv")
        try folder.write("signatures,label\n\"a\n", to: "datasets/d/quote.csv")
        try folder.write("", to: "datasets/d/empty.csv")
        try folder.write("signatures,label\n", to: "datasets/d/header.csv")
        try folder.write("a b\n", to: "datasets/d/plain")
        try folder.write("{\"id\": \"1\", \"signatures\": []}\n{\"id\": \"2\"}\n", to: "datasets/d/bad.ndjson")
        #expect(try fault("{\"name\": \"d\", \"kind\": \"sessions\", \(keys)}") == message)
    }

    @Test func `a data set of another kind is none`() throws {
        #expect(try fault("{\"name\": \"d\", \"kind\": \"tickets\"}") == "dataset.json: key \"kind\": not sessions")
        #expect(try fault("{}") == "dataset.json: key \"kind\": is missing, or the file is not JSON")
    }

    @Test(arguments: [
        ("{\"id\": \"a\", \"signatures\": [\"x\"]}", "a"), ("x y", "7"), ("  {\"id\": \"b\", \"signatures\": []}", "b"),
    ])
    func `a line is JSON or words`(line: String, id: String) throws {
        #expect(try SessionLineReader.readEither(Array(line.utf8), file: "in", number: 7).id == id)
    }

    @Test(arguments: [
        ("", "in:7: the line is empty"), (" \t", "in:7: the line is empty"),
        ("{\"signatures\": []}", "in:7: field \"id\": a value is needed here"),
        ("{\"id\": 5, \"signatures\": []}", "in:7: field \"id\": {\"id\": 5, \"signatures\": []} is not a text"),
        ("{\"id\": \"a\", \"signatures\": [\"\"]}", "in:7: field \"signatures\": a value is needed here"),
        ("{\"id\": \"\", \"signatures\": []}", "in:7: field \"id\": a value is needed here"),
        (
            "{\"id\": \"a\", \"signatures\": [1]}",
            "in:7: field \"signatures\": {\"id\": \"a\", \"signatures\": [1]} is not a list of texts"
        ),
    ])
    func `a bad line is an error with its field`(line: String, message: String) {
        do {
            _ = try SessionLineReader.readEither(Array(line.utf8), file: "in", number: 7)
            Issue.record("no error")
        } catch {
            #expect(error.description == message)
        }
    }
}
