"""Confluence v2."""
