-- Writes what changed in the rows that others see of a case: rows to insert or replace, keys of rows to take away.
-- Replacing comes first: most rows are there, and an upsert would lock each before it changes it. Nobody else writes
-- the rows of a stream whose head is locked, so nothing can come between.
CREATE OR REPLACE FUNCTION mandate.write_read_models(
    in_stream text,
    in_tenant text,
    in_case mandate.case_row[],
    in_deadlines mandate.deadline[],
    in_inbox mandate.inbox[],
    in_inbox_gone mandate.inbox[],
    in_keys mandate.case_key[],
    in_keys_gone text[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    shown mandate.case_row;
    due mandate.deadline;
    item mandate.inbox;
    held mandate.case_key;
BEGIN
    FOREACH shown IN ARRAY in_case LOOP
        UPDATE mandate.case_row AS r
        SET phase = shown.phase, title = shown.title, is_open = shown.is_open, body = shown.body
        WHERE r.stream_id = in_stream;
        IF NOT FOUND THEN
            INSERT INTO mandate.case_row VALUES (shown.*);
        END IF;
    END LOOP;
    FOREACH due IN ARRAY in_deadlines LOOP
        UPDATE mandate.deadline AS d
        SET owner = due.owner, organisation = due.organisation, state = due.state, due_on = due.due_on, body = due.body
        WHERE d.stream_id = in_stream AND d.name = due.name;
        IF NOT FOUND THEN
            INSERT INTO mandate.deadline VALUES (due.*);
        END IF;
    END LOOP;
    FOREACH item IN ARRAY in_inbox_gone LOOP
        DELETE FROM mandate.inbox AS i
        WHERE i.stream_id = in_stream AND i.task = item.task AND i.owner = item.owner
          AND i.principal = item.principal;
    END LOOP;
    FOREACH item IN ARRAY in_inbox LOOP
        UPDATE mandate.inbox AS i SET due_on = item.due_on, since = item.since, held_by = item.held_by
        WHERE i.stream_id = in_stream AND i.task = item.task AND i.owner = item.owner
          AND i.principal = item.principal;
        IF NOT FOUND THEN
            INSERT INTO mandate.inbox VALUES (item.*);
        END IF;
    END LOOP;
    IF cardinality(in_keys_gone) > 0 THEN
        DELETE FROM mandate.case_key AS k
        WHERE k.tenant = in_tenant AND k.key = ANY (in_keys_gone) AND k.stream_id = in_stream;
    END IF;
    FOREACH held IN ARRAY in_keys LOOP
        INSERT INTO mandate.case_key VALUES (held.*) ON CONFLICT DO NOTHING;
    END LOOP;
END
$$
