/// Forms of messages; `V`, `Vd`, `N`, `R`, `X`, `C`, `A`, `S` and `P` stand for a verb, its past, a noun, a reason, an exception, a component,
/// an adjective, a step and another service.
enum Phrases {
    static let received = [
        "received request to V N {entity}", "V N", "handling V_N", "start V N id={entity}", "N {entity}: V requested",
        "incoming V for N {entity}", "V_N.begin", "processing N {entity}", "-> V N", "accepted V N from {ip}",
        "dispatching V N {entity} to P", "user {user} asked to V N {entity}",
    ]
    static let step = [
        "loaded N {entity} in {ms} ms", "S N ok", "cache hit for N {entity}", "P answered in {ms} ms",
        "wrote {few} rows", "N {entity} S done", "S A N took {ms}ms", "queued job {hex} for N {entity}",
        "found {n} matching N entries", "A N S finished ({few} items)", "calling P", "state of N {entity} is now {few}",
    ]
    static let finished = [
        "V N completed in {ms} ms", "N {entity} Vd", "done status={status} dur={ms}", "V_N.end {status} {ms}",
        "<- V N {status} ({ms} ms)", "finished V for N {entity}", "N Vd: {entity}, {few} steps",
        "response {status} sent, {many} bytes", "completed {status} OK in {ms}ms", "V N succeeded after {ms} ms",
    ]
    static let error = [
        "failed to V N {entity}: R", "X: R while S A N", "X in S_N: R", "V N failed with status {status}",
        "could not S A N {entity}, giving up after {few} attempts", "P returned {status} after {ms} ms: R",
        "C unavailable: R", "timeout after {ms}ms calling P", "R", "unable to S N: C said R", "[E{few}{few}] A N R",
        "N {entity} rejected: R (code {few})", "panic: R [recovered] in S", "error S A N err=\"R\" try={few}",
        "unhandled X at S_A_N line {n}", "request aborted, C R", "X(R)", "S of N {entity} did not finish: X",
        "query to C failed: R; sqlstate {hex}", "no A N left for S", "circuit to C opened after {n} failures",
        "dropping A N {entity}: R", "{status} from P on V N", "A N {entity} is broken: X: R",
        "X: R\n\tat S_N(A.src:{n})\n\tat P.call(P.src:{n})",
    ]
    static let warning = [
        "slow S of A N: {ms} ms", "retry {few} of S N after R", "C is slow ({ms} ms)", "falling back to A N",
        "A N deprecated", "queue depth {many} on C", "S N took longer than expected: {ms} ms", "R, will try again",
        "throttling V N, {n} waiting", "A N {entity} skipped: R",
    ]
    static let mistake = [
        "N {entity} not found", "invalid input for V N: field {few}", "login failed: wrong password", "V N denied: R",
        "bad request: unknown A N", "N {entity} is locked by another user", "upload refused, {many} bytes too large",
        "session expired", "validation of N failed with {few} problems", "unknown N {entity}",
        "missing parameter A_N", "quota of A N reached",
    ]
    static let machinery = [
        "heartbeat {n}", "gc pause {ms} ms, heap {many}", "refreshed config revision {hex}",
        "A N job finished, {n} done",
        "{n} connections open to C", "compacted {many} bytes", "leader is {host}", "checkpoint {long} written",
        "health check ok", "rotated keys, serial {hex}", "scrape took {ms} ms", "pool C active={n} idle={few}",
        "cron S_A_N started", "metrics flushed ({n})", "lag of C is {ms} ms",
    ]
    static let trouble = [
        "health check of C failed: R", "C unreachable from {host}: R", "lost connection to C",
        "pool C exhausted ({n} waiting)",
        "S loop restarted after X", "backlog of A N grows: {many}", "reconnecting to C in {ms} ms",
        "liveness probe failed: X",
    ]
}
