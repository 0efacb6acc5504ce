create table kits (
    facility_id uuid constraint pk_kits primary key,
    code text not null,
    zone text,
    priority integer not null,
    ready_at timestamptz not null,
    computers integer not null,
    modems integer not null,
    status text not null,
    status_since timestamptz not null,
    reason text,
    missing_computers integer not null,
    missing_modems integer not null,
    priority_note text
);
create index ix_kits_status_priority_ready_at_code on kits (status, priority desc, ready_at, code);

alter table devices
    add left_kit_id uuid,
    add constraint fk_devices_kit_id foreign key (kit_id) references kits;
create index ix_devices_left_kit_id on devices (left_kit_id) where left_kit_id is not null;
