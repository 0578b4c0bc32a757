from enggang.access.models.grant import RoleGrant
from enggang.access.models.link import CapabilityLink

__all__ = ["CapabilityLink", "RoleGrant"]
