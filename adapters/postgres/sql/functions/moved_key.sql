-- Says which watched key is held by other cases than the decision was told, or nothing. Whoever decides by a key takes
-- its lock until the end of the transaction, so that of two cases that both found it free only the first is recorded.
CREATE OR REPLACE FUNCTION mandate.moved_key(in_stream text, in_tenant text, in_keys text[], in_holders text[])
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    watched text;
    holders text[];
BEGIN
    FOREACH watched IN ARRAY in_keys LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(in_tenant || ' ' || watched, 0));
    END LOOP;
    FOREACH watched IN ARRAY in_keys LOOP
        SELECT coalesce(array_agg(k.key || ' ' || k.stream_id), '{}') INTO holders
        FROM mandate.case_key AS k
        WHERE k.tenant = in_tenant AND k.key = watched AND k.stream_id <> in_stream;
        IF NOT (holders <@ in_holders) OR EXISTS (
            SELECT 1 FROM unnest(in_holders) AS was
            WHERE split_part(was, ' ', 1) = watched AND was <> ALL (holders)
        ) THEN
            RETURN watched;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$
