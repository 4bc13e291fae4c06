"""ServiceNow: Table API, attachments, knowledge."""
