-- Who takes back consent is taken out of frozen waves too. What is left then is written down: results name it by its hash.
create table snapshot_erasures (
    wave_id uuid not null constraint fk_snapshot_erasures_wave_id references wave_snapshots on delete restrict,
    submissions integer not null,
    sha256 bytea not null,
    erased_at timestamptz not null,
    constraint pk_snapshot_erasures primary key (wave_id, submissions)
);
create trigger snapshot_erasures_stay before update or delete or truncate on snapshot_erasures execute function refuse_rewriting();

create function refuse_unless_deleted() returns trigger language plpgsql as $$
begin
    if not exists (select from submissions where id = old.submission_id and deleted_at is not null) then
        raise exception '% is written once and never changed', tg_table_name;
    end if;
    return old;
end
$$;
drop trigger snapshot_submissions_stay on snapshot_submissions;
create trigger snapshot_submissions_stay before update or truncate on snapshot_submissions execute function refuse_rewriting();
create trigger snapshot_submissions_leave before delete on snapshot_submissions for each row execute function refuse_unless_deleted();
