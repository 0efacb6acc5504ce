create table faults (
    id uuid constraint pk_faults primary key,
    barcode text,
    device_id uuid constraint fk_faults_device_id references devices,
    facility_id uuid,
    ticket_id uuid,
    description text,
    outcome text not null,
    reported_by text not null,
    reported_at timestamptz not null
);
create index ix_faults_device_id on faults (device_id);
create index ix_faults_facility_id on faults (facility_id);
create unique index ix_faults_ticket_id on faults (ticket_id);
