create table donors (
    id uuid constraint donor_already_known primary key,
    name text not null,
    kind text not null,
    name_public boolean not null
);
create unique index donor_name_taken on donors (name);

create table donations (
    id uuid constraint pk_donations primary key,
    donor_id uuid not null constraint fk_donations_donor_id references donors on delete restrict,
    description text not null,
    expected_devices integer not null,
    collect_from text,
    warehouse_id uuid constraint fk_donations_warehouse_id references locations,
    state text not null,
    state_since timestamptz not null,
    history_length integer not null
);
create index ix_donations_donor_id on donations (donor_id);
create index ix_donations_warehouse_id on donations (warehouse_id);

create table donation_events (
    donation_id uuid not null constraint fk_donation_events_donation_id references donations on delete cascade,
    seq integer not null,
    at timestamptz not null,
    by text not null,
    why text,
    state text not null,
    constraint pk_donation_events primary key (donation_id, seq)
);

create table manifest_imports (
    id uuid constraint pk_manifest_imports primary key,
    donation_id uuid not null constraint fk_manifest_imports_donation_id references donations on delete cascade,
    sha256 text not null,
    file_name text,
    by text not null,
    at timestamptz not null,
    headings text[] not null,
    rows integer not null,
    accepted integer not null,
    already_known integer not null,
    rejected_by_code jsonb not null
);
create unique index ix_manifest_imports_donation_id_sha256 on manifest_imports (donation_id, sha256);

create table manifest_rejected_rows (
    import_id uuid not null constraint fk_manifest_rejected_rows_import_id references manifest_imports on delete cascade,
    row integer not null,
    cells text[] not null,
    errors jsonb not null,
    constraint pk_manifest_rejected_rows primary key (import_id, row)
);

alter table devices add constraint fk_devices_donation_id foreign key (donation_id) references donations;
