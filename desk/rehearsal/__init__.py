"""The rehearsal: a scratch practice goes the whole way with real parts, and every figure must agree.

Made by the calls the pages make, never by inserting results. Imports no model.
"""
