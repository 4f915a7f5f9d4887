"""Releases of ICD-10-CM: reading them from the installed package or from CMS's files, and loading them."""
