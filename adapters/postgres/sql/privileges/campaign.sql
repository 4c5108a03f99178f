-- The progress of campaigns: kept by the application, read by everybody within their bounds, as every table is.
DO $$
BEGIN
    GRANT SELECT, INSERT, UPDATE ON mandate.campaign TO mandate_app;
    GRANT SELECT ON mandate.campaign TO mandate_reader, mandate_tenant_reader;
    ALTER TABLE mandate.campaign ENABLE ROW LEVEL SECURITY;
    CREATE POLICY every_tenant ON mandate.campaign TO mandate_app, mandate_reader USING (true);
    CREATE POLICY one_tenant ON mandate.campaign FOR SELECT TO mandate_tenant_reader
        USING (tenant = mandate.named_tenant());
END
$$
