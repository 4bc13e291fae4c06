"""Zendesk Support and its Help Center."""
