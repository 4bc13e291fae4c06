/// Which fields of a batch hold the properties of a record; -1 where none does.
struct FieldSlots {
    var time = -1
    var observed = -1
    var severityNumber = -1
    var severityText = -1
    var body = -1
    var trace = -1
    var span = -1
    var isTimeNanoseconds = false
    var isObservedNanoseconds = false

    /// Calls a function with every slot that is set.
    func forEach(_ body: (Int) -> Void) {
        for slot in [time, observed, severityNumber, severityText, self.body, trace, span] where slot >= 0 {
            body(slot)
        }
    }

    /// Sets the slot of a role, as the shim numbers them.
    mutating func set(_ role: Int32, _ index: Int, isNanoseconds: Bool) {
        switch role {
        case 0: (time, isTimeNanoseconds) = (index, isNanoseconds)
        case 1: (observed, isObservedNanoseconds) = (index, isNanoseconds)
        case 2: severityNumber = index
        case 3: severityText = index
        case 4: body = index
        case 5: trace = index
        case 6: span = index
        default: break
        }
    }
}
