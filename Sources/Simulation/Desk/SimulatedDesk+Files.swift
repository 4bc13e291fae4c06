import Records

extension SimulatedDesk {
    /// The desk as a data set: `dataset.json`, `tickets.csv`, `truth.csv` and, where logs were simulated, `signatures.ndjson`.
    ///
    /// Times in CSV are UTC with whole seconds, hours have four decimals. `truth.csv` has the columns of ``TicketTruth``; a line of
    /// `signatures.ndjson` has the properties of `SignatureObservation`.
    ///
    /// - Parameters:
    ///   - name: The name of the data set.
    ///   - origin: How the desk was made, for the descriptor: the command with its seed.
    /// - Complexity: O(n) time and memory for n tickets.
    public func files(named name: String, origin: String) -> [DeskFile] {
        var files = [
            DeskFile(name: "dataset.json", contents: descriptor(name: name, origin: origin)),
            DeskFile(name: "tickets.csv", contents: ticketLines), DeskFile(name: "truth.csv", contents: truthLines),
        ]
        if !signatures.isEmpty { files.append(DeskFile(name: "signatures.ndjson", contents: signatureLines)) }
        return files
    }

    /// No value holds a comma, a quote or a line feed: all words are ours, so that no field needs quoting.
    private var ticketLines: String {
        let words = tickets.categorical
        var text = "id,opened,hours,closed," + words.map(\.name).joined(separator: ",") + ",reopened,subject\n"
        for row in 0..<tickets.count {
            let opened = String(Instant(seconds: tickets.openedAt[row]).iso8601.dropLast()).replacing("T", with: " ")
            var fields = [tickets.ids[row], opened, decimal(tickets.hours[row], places: 4)]
            fields.append(tickets.resolved[row] ? "1" : "0")
            fields += words.map { $0[row] ?? "" }
            fields.append(reopened[row] ? "1" : "0")
            fields += tickets.text.map { $0.values[row].string }
            text += fields.joined(separator: ",") + "\n"
        }
        return text
    }

    private var truthLines: String {
        var text = "id,medianHours,sigma,fastProbability\n"
        for (id, truth) in zip(tickets.ids, truth) {
            text += "\(id),\(decimal(truth.medianHours, places: 4)),\(decimal(truth.sigma, places: 1)),"
            text += decimal(truth.fastProbability, places: 3) + "\n"
        }
        return text
    }

    private var signatureLines: String {
        var text = ""
        for seen in signatures {
            text += "{\"time\":\"\(Instant(seconds: seen.time).iso8601)\",\"customer\":\"\(seen.customer)\","
            text += "\"signature\":\"\(seen.signature)\",\"severityNumber\":\(seen.severityNumber),"
            text += "\"count\":\(seen.count)}\n"
        }
        return text
    }

    private func descriptor(name: String, origin: String) -> String {
        """
        {
          "name": "\(name)", "kind": "tickets", "format": "csv", "files": ["tickets.csv"], "timeZone": "UTC",
          "source": {"title": "\(origin)", "url": "README.md", "licence": "that of Casebook"},
          "columns": {
            "id": "id", "openedAt": "opened", "resolvedAt": null, "hoursToResolution": "hours", "resolved": "closed",
            "customer": "customer", "organization": null, "group": "group", "assignee": "assignee",
            "priority": "priority", "category": "category", "subject": "subject", "body": null,
            "attributes": ["channel"]
          }
        }

        """
    }
}
