create table facilities (
    id uuid constraint pk_facilities primary key,
    code text,
    employer_id uuid,
    zone text,
    residents integer not null,
    languages text[] not null,
    state text not null,
    state_since timestamptz not null,
    applied_at timestamptz,
    opened_at timestamptz
);
create unique index ix_facilities_code on facilities (code);

create table workers (
    id uuid constraint pk_workers primary key,
    pseudonym text not null,
    card text not null,
    facility_id uuid not null,
    languages text[] not null,
    joined_at timestamptz not null
);
create unique index ix_workers_pseudonym on workers (pseudonym);
create index ix_workers_facility_id on workers (facility_id);

create table champions (
    worker_id uuid constraint pk_champions primary key,
    facility_id uuid not null,
    named_at timestamptz not null
);
create index ix_champions_facility_id on champions (facility_id);

create table pseudonym_keys (
    id integer constraint pk_pseudonym_keys primary key constraint ck_pseudonym_keys_one check (id = 1),
    key bytea not null
);
-- 366 random bits, hashed to the 256 that HMAC-SHA256 takes.
insert into pseudonym_keys values (1, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
