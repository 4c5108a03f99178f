-- Writes what changed in the rows that others see of a case: rows to insert or replace, keys of rows to take away.
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
        INSERT INTO mandate.case_row AS r VALUES (shown.*)
        ON CONFLICT (stream_id) DO UPDATE
        SET phase = excluded.phase, title = excluded.title, is_open = excluded.is_open, body = excluded.body;
    END LOOP;
    FOREACH due IN ARRAY in_deadlines LOOP
        INSERT INTO mandate.deadline AS d VALUES (due.*)
        ON CONFLICT (stream_id, name) DO UPDATE
        SET owner = excluded.owner, organisation = excluded.organisation, state = excluded.state,
            due_on = excluded.due_on, body = excluded.body;
    END LOOP;
    FOREACH item IN ARRAY in_inbox_gone LOOP
        DELETE FROM mandate.inbox AS i
        WHERE i.stream_id = in_stream AND i.task = item.task AND i.role = item.role
          AND i.organisation = item.organisation;
    END LOOP;
    FOREACH item IN ARRAY in_inbox LOOP
        INSERT INTO mandate.inbox AS i VALUES (item.*)
        ON CONFLICT (stream_id, task, role, organisation) DO UPDATE
        SET due_on = excluded.due_on, since = excluded.since;
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
