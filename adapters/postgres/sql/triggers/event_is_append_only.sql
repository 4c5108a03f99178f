-- For each statement, so that one which meets no row is refused too; upserts and MERGE fire it as well.
CREATE TRIGGER event_is_append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON mandate.event
FOR EACH STATEMENT EXECUTE FUNCTION mandate.refuse_change()
