-- Drops everything that is derived from one stream and writes it anew, as folded from its events at a version; says
-- whether the stream still stood there. The head's lock keeps its next command waiting meanwhile.
CREATE OR REPLACE FUNCTION mandate.rewrite(
    in_stream text,
    in_version integer,
    in_snapshot bytea,
    in_case mandate.case_row[],
    in_deadlines mandate.deadline[],
    in_inbox mandate.inbox[],
    in_inbox_gone mandate.inbox[],
    in_keys mandate.case_key[],
    in_keys_gone text[],
    in_directory mandate.directory_change[]
) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    of_tenant text;
    of_process text;
BEGIN
    SELECT h.tenant, h.process INTO of_tenant, of_process
    FROM mandate.head AS h WHERE h.stream_id = in_stream AND h.version = in_version FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM mandate.snapshot AS s WHERE s.stream_id = in_stream;
    DELETE FROM mandate.case_row AS r WHERE r.stream_id = in_stream;
    DELETE FROM mandate.deadline AS d WHERE d.stream_id = in_stream;
    DELETE FROM mandate.inbox AS i WHERE i.stream_id = in_stream;
    DELETE FROM mandate.case_key AS k WHERE k.tenant = of_tenant AND k.stream_id = in_stream;
    IF in_version > 0 THEN
        INSERT INTO mandate.snapshot (stream_id, tenant, version, body)
        VALUES (in_stream, of_tenant, in_version, in_snapshot);
    END IF;
    PERFORM mandate.write_read_models(
        in_stream, of_tenant, in_case, in_deadlines, in_inbox, in_inbox_gone, in_keys, in_keys_gone
    );
    IF of_process = 'directory' THEN
        DELETE FROM mandate.directory_entry AS e WHERE e.tenant = of_tenant;
        PERFORM mandate.write_directory(of_tenant, in_directory);
    END IF;
    RETURN true;
END
$$
