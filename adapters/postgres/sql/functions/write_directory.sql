-- Ends the row that held until now and begins the one that holds from this version; no row is ever lost. Two changes
-- of one entry in one version leave the last of them.
CREATE OR REPLACE FUNCTION mandate.write_directory(in_tenant text, in_changes mandate.directory_change[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    change mandate.directory_change;
BEGIN
    FOREACH change IN ARRAY in_changes LOOP
        UPDATE mandate.directory_entry AS e
        SET valid_to_version = change.version
        WHERE e.tenant = in_tenant AND e.kind = change.kind AND e.id = change.id
          AND e.valid_to_version IS NULL AND e.valid_from_version < change.version;
        INSERT INTO mandate.directory_entry AS e
            (tenant, kind, id, valid_from_version, valid_to_version, subject, object, body)
        VALUES (in_tenant, change.kind, change.id, change.version, NULL, change.subject, change.object, change.body)
        ON CONFLICT (tenant, kind, id, valid_from_version) DO UPDATE
        SET subject = excluded.subject, object = excluded.object, body = excluded.body;
    END LOOP;
END
$$
