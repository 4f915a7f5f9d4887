"""The demo installation: made by the calls the pages make, never by inserting results. Imports no model."""
