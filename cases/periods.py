"""Periods that the database itself keeps apart: of one rule, or of one weekday's hours, no two hold on the same day.

A form looks before it writes, and two administrators may both have looked. Triggers rather than PostgreSQL's exclusion
constraint, so that both databases refuse the same rows; cases.triggers installs them. Rows that stood there before them, or
were restored without them, are told (cases.selectors.overlaps).
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "masa berlaku bertumpuk"


@dataclass(frozen=True)
class ApartPeriods:
    """`overlaps` tells in SQL whether another row of the table holds on a day of NEW."""

    table: str
    overlaps: str

    @property
    def _is_there(self) -> str:
        return f"EXISTS (SELECT 1 FROM {self.table} AS other WHERE other.id <> NEW.id AND {self.overlaps})"  # noqa: S608

    def wanted(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """The triggers' names, and the SQL that makes each. AFTER: on SQLite a new row has no key before."""
        name = f"{self.table}_apart"
        if connection.vendor == "postgresql":
            return {
                name: f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON {self.table}"
                f" FOR EACH ROW EXECUTE FUNCTION {name}()"
            }
        refuse = f"WHEN {self._is_there} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        return {
            f"{name}_{verb.lower()}": f"CREATE TRIGGER {name}_{verb.lower()} AFTER {verb} ON {self.table} {refuse}"
            for verb in ("INSERT", "UPDATE")
        }

    def standing_overlaps(self, connection: BaseDatabaseWrapper) -> list[tuple[int, int]]:
        """The keys of rows that hold on a same day all the same, two by two."""
        overlaps = self.overlaps.replace("NEW.", "one.")
        pairs = f"SELECT one.id, other.id FROM {self.table} AS one JOIN {self.table} AS other ON other.id > one.id"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"{pairs} AND {overlaps} ORDER BY one.id, other.id")
            return cursor.fetchall()

    def postgresql_function(self) -> str:
        """Whoever writes first is waited for: until it is committed nobody else sees its row."""
        return f"""
            CREATE OR REPLACE FUNCTION {self.table}_apart() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock('{self.table}'::regclass::bigint);
                IF {self._is_there} THEN
                    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'exclusion_violation';
                END IF;
                RETURN NULL;
            END $$"""


RULES = ApartPeriods(
    "cases_rule",
    "other.procedure = NEW.procedure AND other.step = NEW.step"
    " AND (NEW.effective_until IS NULL OR other.effective_from <= NEW.effective_until)"
    " AND (other.effective_until IS NULL OR NEW.effective_from <= other.effective_until)",
)
# Hours without dates are the week's own, above which those with dates stand.
HOURS = ApartPeriods(
    "cases_officehours",
    "other.weekday = NEW.weekday AND ((other.valid_from IS NULL AND NEW.valid_from IS NULL)"
    " OR (other.valid_from <= NEW.valid_until AND NEW.valid_from <= other.valid_until))",
)
APART = (RULES, HOURS)
