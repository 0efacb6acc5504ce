create table ewaste_batches (
    id uuid constraint pk_ewaste_batches primary key,
    recycler_id uuid not null constraint fk_ewaste_batches_recycler_id references locations on delete cascade,
    organisation_id uuid not null,
    destruction_agreed boolean not null,
    status text not null,
    created_by text not null,
    created_at timestamptz not null,
    handed_over_at timestamptz,
    weight_kg numeric(14,2),
    certificate text,
    confirmed_by text,
    confirmed_at timestamptz
);
create index ix_ewaste_batches_recycler_id on ewaste_batches (recycler_id);
create index ix_ewaste_batches_organisation_id on ewaste_batches (organisation_id);

create table ewaste_items (
    batch_id uuid not null constraint fk_ewaste_items_batch_id references ewaste_batches on delete cascade,
    device_id uuid not null constraint fk_ewaste_items_device_id references devices on delete cascade,
    constraint pk_ewaste_items primary key (batch_id, device_id)
);
create unique index in_another_batch on ewaste_items (device_id);
