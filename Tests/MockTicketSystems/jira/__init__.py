"""Jira platform v3 and Jira Service Management."""
