"""A table partitioned by month, made by a migration that Django's autodetector understands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations

_PRIMARY_KEY = " NOT NULL PRIMARY KEY"

MAKE_MONTHS = """
CREATE FUNCTION make_audit_months(ahead integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month date := date_trunc('month', now());
    part text;
BEGIN
    FOR i IN 0..least(ahead, 24) LOOP
        part := 'practice_auditevent_' || to_char(month, 'YYYYMM');
        IF to_regclass('public.' || part) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE public.%I PARTITION OF public.practice_auditevent FOR VALUES FROM (%L) TO (%L)',
                part, month, month + interval '1 month');
        END IF;
        month := month + interval '1 month';
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION make_audit_months(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_audit_months(integer) TO app_web;
CREATE TABLE practice_auditevent_default PARTITION OF practice_auditevent DEFAULT;
SELECT make_audit_months(4);
"""

DROP_MONTHS = "DROP FUNCTION make_audit_months(integer); DROP TABLE practice_auditevent_default;"


class CreatePartitionedModel(migrations.CreateModel):
    """CreateModel for a table partitioned by range of a column; the database key is (column, id)."""

    def __init__(self, *, partition_by: str, **options: Any) -> None:
        self.partition_by = partition_by
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        name, args, options = super().deconstruct()
        return name, args, options | {"partition_by": self.partition_by}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.name)
        sql, params = schema_editor.table_sql(model)
        if _PRIMARY_KEY not in sql:
            raise ValueError("A partitioned table needs a primary key to widen.")
        columns = sql.replace(_PRIMARY_KEY, " NOT NULL").rstrip().removesuffix(")")
        key = f"PRIMARY KEY ({schema_editor.quote_name(self.partition_by)}, id)"
        partition = f"PARTITION BY RANGE ({schema_editor.quote_name(self.partition_by)})"
        schema_editor.execute(f"{columns}, {key}) {partition}", params or None)
        schema_editor.deferred_sql.extend(schema_editor._model_indexes_sql(model))
