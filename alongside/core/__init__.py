"""Councils, places, staff, roles, permissions, walls, audit, drafts and files. Knows no child."""
