-- A reader of one tenant sees the rows of the tenant it names, whatever it asks for, and writes nothing. Who works for
-- all of them, or audits them all, is let through; the owner, whose functions nobody else calls, is not asked.
DO $$
DECLARE
    of_a_tenant text;
BEGIN
    REVOKE EXECUTE ON FUNCTION mandate.named_tenant() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION mandate.named_tenant() TO mandate_tenant_reader;
    GRANT USAGE ON SCHEMA mandate TO mandate_tenant_reader;
    FOR of_a_tenant IN
        SELECT c.table_name FROM information_schema.columns AS c
        WHERE c.table_schema = 'mandate' AND c.column_name = 'tenant' ORDER BY c.table_name
    LOOP
        EXECUTE format('ALTER TABLE mandate.%I ENABLE ROW LEVEL SECURITY', of_a_tenant);
        EXECUTE format('CREATE POLICY every_tenant ON mandate.%I TO mandate_app, mandate_reader USING (true)', of_a_tenant);
        EXECUTE format(
            'CREATE POLICY one_tenant ON mandate.%I FOR SELECT TO mandate_tenant_reader '
            'USING (tenant = mandate.named_tenant())', of_a_tenant
        );
        EXECUTE format('GRANT SELECT ON mandate.%I TO mandate_tenant_reader', of_a_tenant);
    END LOOP;
END
$$
