"""PostgreSQL's own check that every entry sums to zero, at commit.

The function runs as its owner, because the context may be closed by then and row-level security would show no
line: it looks at the practice of the new row alone, and no line at all is a failure too.
"""

from __future__ import annotations

CREATE = """
CREATE FUNCTION billing_check_balance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    lines bigint;
    off numeric;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0) INTO lines, off
    FROM public.billing_ledgerline WHERE practice_id = NEW.practice_id AND entry_id = entry;
    IF lines = 0 OR off <> 0 THEN
        RAISE EXCEPTION 'entry % has % lines and is off by %', entry, lines, off
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balances';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION billing_check_balance() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON billing_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_check_balance('id');
CREATE CONSTRAINT TRIGGER line_balances AFTER INSERT OR UPDATE ON billing_ledgerline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_check_balance('entry_id');
"""

DROP = """
DROP TRIGGER line_balances ON billing_ledgerline;
DROP TRIGGER entry_balances ON billing_entry;
DROP FUNCTION billing_check_balance();
"""
