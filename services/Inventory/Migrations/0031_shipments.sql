create table shipments (
    id uuid constraint pk_shipments primary key,
    facility_id uuid not null constraint fk_shipments_facility_id references kits on delete cascade,
    status text not null,
    created_by text not null,
    created_at timestamptz not null,
    carrier text,
    vehicle text,
    receiver text,
    dispatched_at timestamptz,
    closed_at timestamptz
);
create index ix_shipments_facility_id on shipments (facility_id);
create index ix_shipments_receiver on shipments (receiver);

create table shipment_items (
    shipment_id uuid not null constraint fk_shipment_items_shipment_id references shipments on delete cascade,
    device_id uuid not null constraint fk_shipment_items_device_id references devices on delete cascade,
    loaded_at timestamptz not null,
    outcome text,
    outcome_at timestamptz,
    outcome_by text,
    note text,
    constraint pk_shipment_items primary key (shipment_id, device_id)
);
-- A device travels in one shipment at a time: until its outcome is known.
create unique index loaded_elsewhere on shipment_items (device_id) where outcome is null;
