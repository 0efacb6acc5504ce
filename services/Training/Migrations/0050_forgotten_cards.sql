-- The consent to training, taken back and given: each keeps its latest time, so events that come late undo nothing.
alter table learners add column declined_at timestamptz, add column consented_at timestamptz;

-- Whose card it was may be forgotten: the certificate then names its holder by the learner's id. What was signed names nobody anyway.
create or replace function keep_certificate() returns trigger language plpgsql as $$
declare
    revocation constant text[] := array['revoked_at', 'revoked_by', 'revocation_reason'];
begin
    if tg_op = 'UPDATE' and ((old.revoked_at is null and to_jsonb(new) - revocation = to_jsonb(old) - revocation)
        or (to_jsonb(new) - 'holder' = to_jsonb(old) - 'holder' and new.holder = new.learner_id::text)) then
        return new;
    end if;
    raise exception 'a certificate is never changed or deleted, only revoked' using errcode = 'restrict_violation';
end $$;
