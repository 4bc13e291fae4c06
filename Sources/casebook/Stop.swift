import Glibc
import Synchronization

/// Whether the program was asked to end by SIGINT or SIGTERM.
enum Stop {
    private static let asked = Atomic<Bool>(false)

    static var isAsked: Bool { asked.load(ordering: .relaxed) }

    /// Takes the signals from now on.
    static func watch() {
        for number in [SIGINT, SIGTERM] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in Stop.asked.store(true, ordering: .relaxed) }
            sigaction(number, &action, nil)
        }
    }
}
