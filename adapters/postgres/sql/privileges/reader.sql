-- Auditors and reports: everything may be read, nothing written.
DO $$
BEGIN
    GRANT USAGE ON SCHEMA mandate TO mandate_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA mandate TO mandate_reader;
    GRANT SELECT ON ALL SEQUENCES IN SCHEMA mandate TO mandate_reader;
END
$$
