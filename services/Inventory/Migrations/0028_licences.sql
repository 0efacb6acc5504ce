create table licence_pools (
    id uuid constraint pk_licence_pools primary key,
    product text not null,
    partner text not null,
    reference text not null,
    seats integer not null
);
create unique index licence_pool_already_known on licence_pools (partner, reference, product);

create table licence_seats (
    id uuid constraint pk_licence_seats primary key,
    pool_id uuid not null constraint fk_licence_seats_pool_id references licence_pools on delete cascade,
    device_id uuid not null constraint fk_licence_seats_device_id references devices on delete cascade,
    bound_at timestamptz not null,
    bound_by text not null,
    released_at timestamptz
);
create index ix_licence_seats_pool_id on licence_seats (pool_id) where released_at is null;
create unique index device_has_a_seat on licence_seats (device_id) where released_at is null;
