"""Document → Profile: what a document is, each attribute with the words it was read from."""

from compliance.ingest.profile.build import profile_document

__all__ = ["profile_document"]
