"""PostgreSQL's own refusal to change what a run paid, once it is approved, and a run that was exported.

The functions run as their owner and look at their own practice alone; a run they do not find is a refusal too.
"""

from __future__ import annotations

CREATE = """
CREATE FUNCTION payroll_keep_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    state text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT status INTO state FROM public.payroll_payrun WHERE practice_id = OLD.practice_id AND id = OLD.run_id;
        IF state IS NULL OR state NOT IN ('draft', 'computed') THEN
            RAISE EXCEPTION 'run % is %', OLD.run_id, coalesce(state, 'not there')
                USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_lines_are_kept';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT status INTO state FROM public.payroll_payrun WHERE practice_id = NEW.practice_id AND id = NEW.run_id;
    IF state IS NULL OR state NOT IN ('draft', 'computed') THEN
        RAISE EXCEPTION 'run % is %', NEW.run_id, coalesce(state, 'not there')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_lines_are_kept';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION payroll_keep_lines() FROM PUBLIC;
CREATE TRIGGER pay_lines_are_kept BEFORE INSERT OR UPDATE OR DELETE ON payroll_payline
    FOR EACH ROW EXECUTE FUNCTION payroll_keep_lines();
CREATE TRIGGER run_totals_are_kept BEFORE INSERT OR UPDATE OR DELETE ON payroll_runtotal
    FOR EACH ROW EXECUTE FUNCTION payroll_keep_lines();
CREATE FUNCTION payroll_keep_run() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status NOT IN ('draft', 'computed') THEN
            RAISE EXCEPTION 'run % is %', OLD.id, OLD.status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_run_is_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.status IN ('exported', 'locked') AND (
        NEW.status NOT IN ('exported', 'locked') OR (OLD.status = 'locked' AND NEW.status <> 'locked')
        OR (NEW.gross, NEW.held, NEW.people, NEW.line_count, NEW.pay_on, NEW.starts_on, NEW.ends_on)
            IS DISTINCT FROM (OLD.gross, OLD.held, OLD.people, OLD.line_count, OLD.pay_on, OLD.starts_on, OLD.ends_on)
    ) THEN
        RAISE EXCEPTION 'run % is %', OLD.id, OLD.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_run_is_kept';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION payroll_keep_run() FROM PUBLIC;
CREATE TRIGGER pay_run_is_kept BEFORE UPDATE OR DELETE ON payroll_payrun
    FOR EACH ROW EXECUTE FUNCTION payroll_keep_run();
"""

DROP = """
DROP TRIGGER pay_run_is_kept ON payroll_payrun;
DROP FUNCTION payroll_keep_run();
DROP TRIGGER run_totals_are_kept ON payroll_runtotal;
DROP TRIGGER pay_lines_are_kept ON payroll_payline;
DROP FUNCTION payroll_keep_lines();
"""
