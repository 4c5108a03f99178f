-- What blocks a case: kept by the application, read by everybody within their bounds, as every table is.
DO $$
BEGIN
    GRANT SELECT, INSERT, UPDATE, DELETE ON mandate.blocked TO mandate_app;
    GRANT SELECT ON mandate.blocked TO mandate_reader, mandate_tenant_reader;
    ALTER TABLE mandate.blocked ENABLE ROW LEVEL SECURITY;
    CREATE POLICY every_tenant ON mandate.blocked TO mandate_app, mandate_reader USING (true);
    CREATE POLICY one_tenant ON mandate.blocked FOR SELECT TO mandate_tenant_reader
        USING (tenant = mandate.named_tenant());
END
$$
