-- Copies the balanced postings of money events. The lines come sorted by account, so that two writers that need the
-- same accounts take them in the same order and cannot wait for each other in a ring.
CREATE OR REPLACE FUNCTION mandate.post(in_stream text, in_tenant text, in_lines mandate.posting_line[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    entry mandate.posting_line;
    after_version integer;
    after_fen bigint;
BEGIN
    FOREACH entry IN ARRAY in_lines LOOP
        LOOP
            UPDATE mandate.ledger_account AS a
            SET balance_fen = a.balance_fen + entry.amount_fen, version = a.version + 1
            WHERE a.tenant = in_tenant AND a.account = entry.account
              AND CASE a.pocket WHEN 'granted' THEN a.balance_fen + entry.amount_fen <= 0
                                ELSE a.balance_fen + entry.amount_fen >= 0 END
            RETURNING a.version, a.balance_fen INTO after_version, after_fen;
            EXIT WHEN FOUND;
            INSERT INTO mandate.ledger_account
                (tenant, account, owner, source, purpose, year, pocket, balance_fen, version)
            VALUES (in_tenant, entry.account, entry.owner, entry.source, entry.purpose, entry.year, entry.pocket, 0, 0)
            ON CONFLICT DO NOTHING;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'short' USING ERRCODE = 'MD002', DETAIL = entry.account;
            END IF;
        END LOOP;
        INSERT INTO mandate.posting
            (stream_id, version, line, tenant, account, amount_fen, account_version, balance_fen)
        VALUES (in_stream, entry.version, entry.line, in_tenant, entry.account, entry.amount_fen,
                after_version, after_fen);
    END LOOP;
END
$$
