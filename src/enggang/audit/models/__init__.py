from enggang.audit.models.entry import AuditEntry

__all__ = ["AuditEntry"]
