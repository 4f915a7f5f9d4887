"""Loads facts in a number of queries that does not depend on how many are asked for."""

from __future__ import annotations

from scheduling.readiness.load.catalog import Catalog
from scheduling.readiness.load.raw import Loaded, ProposedFacts, load, load_proposed, load_rows

__all__ = ["Catalog", "Loaded", "ProposedFacts", "load", "load_proposed", "load_rows"]
