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
    EXECUTE format('GRANT mandate_owner TO %I WITH SET TRUE', current_user);
    -- A writer that hangs would hold every reader of the global order behind it.
    ALTER ROLE mandate_app SET transaction_timeout = '30s';
    -- Read committed is what the order of locks in mandate.record() is made for.
    ALTER ROLE mandate_app SET default_transaction_isolation = 'read committed';
END
$$
