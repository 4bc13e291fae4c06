/// The templates as a tree of their elements, for messages that were not seen before.
struct TemplateTree: Sendable {
    private struct Node: Sendable {
        var constants: [UInt64: Int32] = [:]
        var variable: Int32?
        var signature: Int32?
    }

    private var nodes = [Node()]

    mutating func insert(_ template: [Element], _ tokens: TokenTable, signature: Int32) {
        var node = 0
        for element in template {
            let known =
                element.kind == .variable ? nodes[node].variable : nodes[node].constants[tokens[element.token].hash]
            if let known {
                node = Int(known)
                continue
            }
            nodes.append(Node())
            let new = Int32(truncatingIfNeeded: nodes.count - 1)
            if element.kind == .variable {
                nodes[node].variable = new
            } else {
                nodes[node].constants[tokens[element.token].hash] = new
            }
            node = Int(new)
        }
        nodes[node].signature = nodes[node].signature ?? signature
    }

    /// The signature of the template that elements fit; constants before variables.
    func signature(of elements: [Element], _ tokens: TokenTable) -> Int32? {
        // Depth first; every node is visited at most once, since each has one parent.
        var open: [(node: Int32, position: Int)] = [(0, 0)]
        while let (node, position) = open.popLast() {
            let node = nodes[Int(node)]
            guard position < elements.count else {
                if let signature = node.signature { return signature }
                continue
            }
            let element = elements[position]
            if element.isWord || element.kind == .variable, let next = node.variable {
                open.append((next, position + 1))
            }
            if element.kind != .variable, let next = node.constants[tokens[element.token].hash] {
                open.append((next, position + 1))
            }
        }
        return nil
    }
}
