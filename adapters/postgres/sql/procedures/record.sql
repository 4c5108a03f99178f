-- Writes one decided command with everything it leaves, in one call, or nothing; then announces the answer.
--
-- A procedure, because it commits before it announces: NOTIFY takes one lock for the whole server at its commit, and
-- writers that held it while they wait for the disk would stand in line, one flush a command. What ends between the two
-- commits leaves an answer that is recorded and not announced; who waits for it looks at the record as well.
--
-- The order is the order of locks: the command's key (a repeat waits here for the first to finish), the stream's head
-- (a second writer of the stream waits here and then finds it moved), watched keys, ledger accounts sorted by name.
-- Heads of fact streams are compared, not locked.
--
-- `conflict` (MD001) and `short` (MD002) are raised, not returned: the write is its own transaction, so what was written
-- before them goes with it, without the cost of a subtransaction in every call that succeeds. DETAIL says what moved.
CREATE OR REPLACE PROCEDURE mandate.record(
    in_stream text,
    in_tenant text,
    in_process text,
    in_expected_version integer,
    in_expected_commands integer,
    in_head_hash bytea,
    in_command_id text,
    in_digest bytea,
    in_outcome text,
    in_command_body bytea,
    in_command_hash bytea,
    in_fact_streams text[],
    in_fact_versions integer[],
    in_watched_keys text[],
    in_watched_holders text[],
    in_event_types text[],
    in_event_bodies bytea[],
    in_event_hashes bytea[],
    in_snapshot bytea,
    in_case mandate.case_row[],
    in_deadlines mandate.deadline[],
    in_inbox mandate.inbox[],
    in_inbox_gone mandate.inbox[],
    in_keys mandate.case_key[],
    in_keys_gone text[],
    in_directory mandate.directory_change[],
    in_postings mandate.posting_line[],
    OUT outcome text,
    OUT stored_body bytea
)
LANGUAGE plpgsql AS $$
DECLARE
    event_count CONSTANT integer := cardinality(in_event_types);
    new_version CONSTANT integer := in_expected_version + event_count;
    fact_version integer;
    moved text;
BEGIN
    INSERT INTO mandate.command (stream_id, command_id, number, tenant, digest, outcome, body, hash)
    VALUES (in_stream, in_command_id, in_expected_commands + 1, in_tenant, in_digest, in_outcome,
            in_command_body, in_command_hash)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        SELECT CASE WHEN c.digest = in_digest THEN 'repeated' ELSE 'other_body' END,
               CASE WHEN c.digest = in_digest THEN c.body END
        INTO outcome, stored_body
        FROM mandate.command AS c WHERE c.stream_id = in_stream AND c.command_id = in_command_id;
        RETURN;
    END IF;

    IF in_expected_version = 0 AND in_expected_commands = 0 THEN
        INSERT INTO mandate.head (stream_id, tenant, process, version, hash, command_count, command_hash)
        VALUES (in_stream, in_tenant, in_process, new_version, in_head_hash, 1, in_command_hash)
        ON CONFLICT DO NOTHING;
    ELSE
        UPDATE mandate.head AS h
        SET version = new_version, hash = in_head_hash,
            command_count = h.command_count + 1, command_hash = in_command_hash
        WHERE h.stream_id = in_stream AND h.version = in_expected_version AND h.command_count = in_expected_commands;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'conflict' USING ERRCODE = 'MD001', DETAIL = in_stream;
    END IF;

    FOR position IN 1 .. cardinality(in_fact_streams) LOOP
        SELECT h.version INTO fact_version FROM mandate.head AS h WHERE h.stream_id = in_fact_streams[position];
        IF coalesce(fact_version, 0) <> in_fact_versions[position] THEN
            RAISE EXCEPTION 'conflict' USING ERRCODE = 'MD001', DETAIL = in_fact_streams[position];
        END IF;
    END LOOP;

    IF cardinality(in_watched_keys) > 0 THEN
        moved := mandate.moved_key(in_stream, in_tenant, in_watched_keys, in_watched_holders);
        IF moved IS NOT NULL THEN
            RAISE EXCEPTION 'conflict' USING ERRCODE = 'MD001', DETAIL = moved;
        END IF;
    END IF;

    FOR position IN 1 .. event_count LOOP
        INSERT INTO mandate.event (stream_id, version, type, tenant, body, hash)
        VALUES (in_stream, in_expected_version + position, in_event_types[position], in_tenant,
                in_event_bodies[position], in_event_hashes[position]);
    END LOOP;

    IF event_count > 0 THEN
        IF in_snapshot IS NOT NULL THEN
            UPDATE mandate.snapshot AS s SET version = new_version, body = in_snapshot WHERE s.stream_id = in_stream;
            IF NOT FOUND THEN
                INSERT INTO mandate.snapshot (stream_id, tenant, version, body)
                VALUES (in_stream, in_tenant, new_version, in_snapshot);
            END IF;
        END IF;
        PERFORM mandate.write_read_models(
            in_stream, in_tenant, in_case, in_deadlines, in_inbox, in_inbox_gone, in_keys, in_keys_gone
        );
        IF cardinality(in_directory) > 0 THEN
            PERFORM mandate.write_directory(in_tenant, in_directory);
        END IF;
        IF cardinality(in_postings) > 0 THEN
            PERFORM mandate.post(in_stream, in_tenant, in_postings);
        END IF;
    END IF;

    outcome := 'recorded';
    COMMIT;
    PERFORM pg_notify('answers', in_stream || ' ' || in_command_id);
END
$$
