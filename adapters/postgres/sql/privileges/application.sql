-- Events and commands may be added, never with a position or a record time of one's own choosing: with these two
-- columns granted, an event could be hidden below the checkpoint of a reader.
DO $$
BEGIN
    GRANT USAGE ON SCHEMA mandate TO mandate_app;
    GRANT SELECT ON ALL TABLES IN SCHEMA mandate TO mandate_app;
    GRANT SELECT ON ALL SEQUENCES IN SCHEMA mandate TO mandate_app;
    GRANT INSERT (stream_id, version, type, tenant, body, hash) ON mandate.event TO mandate_app;
    GRANT INSERT (stream_id, command_id, number, tenant, digest, outcome, body, hash) ON mandate.command TO mandate_app;
    GRANT INSERT ON mandate.posting TO mandate_app;
    GRANT INSERT (id, tenant, stream_id, to_role, to_organisation, notice, details) ON mandate.notice TO mandate_app;
    GRANT INSERT, UPDATE ON mandate.head, mandate.ledger_account TO mandate_app;
    GRANT INSERT, UPDATE, DELETE ON mandate.snapshot, mandate.directory_entry TO mandate_app;
    GRANT INSERT, UPDATE, DELETE ON mandate.case_row, mandate.deadline, mandate.inbox, mandate.case_key TO mandate_app;
    REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA mandate FROM PUBLIC;
    GRANT EXECUTE ON ALL ROUTINES IN SCHEMA mandate TO mandate_app;
END
$$
