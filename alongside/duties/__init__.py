"""Every date of every record, for Today, caseloads and banners. Reads all contexts, changes none."""
