-- The tenant whose rows a reader of one tenant may see: `SET mandate.tenant = 'zone'`, or the setting the session began
-- with. Where none is named it fails, for "nothing found" would be taken for an answer.
--
-- A policy must call it as it is, not in a subquery: then the planner asks it too, and a query fails that would find no
-- row to ask it about. A plan kept from a time when a tenant was named is not made again, and asks about its rows alone.
CREATE OR REPLACE FUNCTION mandate.named_tenant() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    named CONSTANT text := current_setting('mandate.tenant', true);
BEGIN
    IF coalesce(named, '') = '' THEN
        RAISE EXCEPTION 'no tenant is named' USING ERRCODE = 'insufficient_privilege', HINT = 'SET mandate.tenant = ...';
    END IF;
    RETURN named;
END
$$
