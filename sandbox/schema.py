"""The tables of the sandbox's own state, a SQLite file in its folder."""

from __future__ import annotations

from typing import Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    login TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (login, name, digest));
CREATE TABLE IF NOT EXISTS interchanges (sender TEXT NOT NULL, control TEXT NOT NULL, PRIMARY KEY (sender, control));
CREATE TABLE IF NOT EXISTS submissions (key TEXT PRIMARY KEY, digest TEXT NOT NULL, receipt TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL, name TEXT NOT NULL UNIQUE, content BLOB NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS transactions (
    cursor INTEGER PRIMARY KEY, login TEXT NOT NULL, direction TEXT NOT NULL, number TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL, content BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS transactions_of_a_login ON transactions (login, cursor);
CREATE TABLE IF NOT EXISTS claims (
    number TEXT PRIMARY KEY, payer TEXT NOT NULL, npi TEXT NOT NULL, person TEXT NOT NULL, year INTEGER NOT NULL,
    deductible TEXT NOT NULL, withdrawn INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS claims_of_a_person ON claims (payer, person, year);
CREATE TABLE IF NOT EXISTS services (
    payer TEXT NOT NULL, person TEXT NOT NULL, code TEXT NOT NULL, day TEXT NOT NULL, number TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS services_of_a_person ON services (payer, person);
CREATE INDEX IF NOT EXISTS services_of_a_claim ON services (number);
CREATE TABLE IF NOT EXISTS slips (
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, login TEXT NOT NULL, sender TEXT NOT NULL,
    payer TEXT NOT NULL, npi TEXT NOT NULL, due TEXT NOT NULL, later INTEGER NOT NULL, stands INTEGER NOT NULL,
    content BLOB NOT NULL, sent INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS slips_waiting ON slips (sent, due);
CREATE INDEX IF NOT EXISTS slips_of_a_claim ON slips (number);
CREATE TABLE IF NOT EXISTS fates (
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, account TEXT NOT NULL, payer TEXT NOT NULL,
    npi TEXT NOT NULL, member TEXT NOT NULL, charge TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
    heard TEXT NOT NULL, category TEXT NOT NULL, status TEXT NOT NULL, entity TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS fates_of_an_account ON fates (account);
CREATE INDEX IF NOT EXISTS fates_of_a_number ON fates (number);
CREATE INDEX IF NOT EXISTS fates_of_a_member ON fates (member);
CREATE TABLE IF NOT EXISTS payments (
    slip INTEGER PRIMARY KEY, number TEXT NOT NULL, trace TEXT NOT NULL, paid TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS payments_of_a_claim ON payments (number);
CREATE TABLE IF NOT EXISTS debts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, payer TEXT NOT NULL, npi TEXT NOT NULL, reason TEXT NOT NULL,
    reference TEXT NOT NULL, amount TEXT NOT NULL);
"""
