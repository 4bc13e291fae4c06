"""What all the mock systems share: HTTP, users, clock, faults, webhooks, the control API."""
