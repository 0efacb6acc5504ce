alter table devices add column triaged_at timestamptz;
alter table devices add column wipe text not null default 'Missing';
alter table devices alter column wipe drop default;
alter table devices add column wipe_waived boolean not null default false;
alter table devices alter column wipe_waived drop default;
update devices d set triaged_at = (select max(e.at) from device_events e
    where e.device_id = d.id and e.to_state = 'Triaged' and e.from_state is distinct from 'Triaged');

create table media (
    id uuid constraint pk_media primary key,
    device_id uuid not null constraint fk_media_device_id references devices on delete cascade,
    serial text not null,
    type text not null,
    model text,
    bytes bigint
);
create unique index ix_media_serial on media (serial);
create index ix_media_device_id on media (device_id);

create table wipes (
    id uuid constraint pk_wipes primary key,
    device_id uuid not null constraint fk_wipes_device_id references devices on delete cascade,
    seq integer not null,
    fingerprint text not null,
    media_type text not null,
    media_serial text,
    media_model text,
    media_bytes bigint,
    media_real_bytes bigint,
    hpa_dco text,
    method text not null,
    technique text not null,
    tool text not null,
    tool_version text,
    pattern text,
    prng text,
    rounds integer,
    final_pass text,
    verification text not null,
    verified text not null,
    pass_errors bigint,
    sync_errors bigint,
    verify_errors bigint,
    bytes_erased bigint,
    throughput text,
    status text not null,
    operator text not null,
    started_at timestamptz,
    ended_at timestamptz,
    recorded_by text not null,
    recorded_at timestamptz not null
);
create unique index ix_wipes_device_id_seq on wipes (device_id, seq);
create unique index ix_wipes_fingerprint on wipes (fingerprint);

create table wipe_waivers (
    id uuid constraint pk_wipe_waivers primary key,
    device_id uuid not null constraint fk_wipe_waivers_device_id references devices on delete cascade,
    reason text not null,
    by text not null,
    at timestamptz not null
);
create index ix_wipe_waivers_device_id on wipe_waivers (device_id);

create table workbench_imports (
    uuid uuid constraint pk_workbench_imports primary key,
    device_id uuid not null constraint fk_workbench_imports_device_id references devices on delete cascade,
    software text,
    version text,
    received_at timestamptz not null
);
create index ix_workbench_imports_device_id on workbench_imports (device_id);

create table wipe_certificates (
    hash text constraint pk_wipe_certificates primary key,
    wipe_id uuid not null constraint fk_wipe_certificates_wipe_id references wipes on delete cascade,
    content text not null,
    issued_at timestamptz not null
);
create unique index ix_wipe_certificates_wipe_id on wipe_certificates (wipe_id);

-- What was certified stays what it was, whoever writes the next line of SQL.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger wipes_stay before update or delete on wipes for each row execute function refuse_change();
create trigger wipe_certificates_stay before update or delete on wipe_certificates for each row execute function refuse_change();
