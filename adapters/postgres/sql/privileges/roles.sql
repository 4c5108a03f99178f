-- Roles belong to the whole server: another database may have made them, perhaps at this moment.
DO $$
BEGIN
    BEGIN
        CREATE ROLE mandate_owner NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
        CREATE ROLE mandate_app LOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
        CREATE ROLE mandate_reader LOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
        CREATE ROLE mandate_tenant_reader LOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    EXECUTE format('GRANT mandate_owner TO %I WITH SET TRUE', current_user);
    -- Who may read for every tenant may step down to read for one. Nothing is inherited: what bounds a reader of one
    -- tenant would bound whoever inherits it.
    GRANT mandate_tenant_reader TO mandate_app, mandate_reader WITH INHERIT FALSE, SET TRUE;
    -- A writer that hangs would hold every reader of the global order behind it.
    ALTER ROLE mandate_app SET transaction_timeout = '30s';
    -- Read committed is what the order of locks in mandate.record() is made for.
    ALTER ROLE mandate_app SET default_transaction_isolation = 'read committed';
END
$$
