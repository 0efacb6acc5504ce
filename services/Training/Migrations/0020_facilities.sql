create table facilities (
    id uuid constraint pk_facilities primary key,
    code text,
    employer_id uuid,
    zone text,
    latitude double precision,
    longitude double precision,
    languages text[] not null,
    topics text[] not null,
    opened_at timestamptz,
    suspended_at timestamptz,
    resumed_at timestamptz,
    closed_at timestamptz,
    state text not null,
    working_computers integer not null
);
create unique index ix_facilities_code on facilities (code);
create index ix_facilities_employer_id on facilities (employer_id);
create index ix_facilities_zone on facilities (zone);

create table computer_facts (
    facility_id uuid not null constraint fk_computer_facts_facility_id references facilities on delete restrict,
    kind text not null,
    barcode text not null,
    at timestamptz not null,
    count integer,
    expected integer,
    constraint pk_computer_facts primary key (facility_id, at, kind, barcode)
);

create table learners (
    id uuid constraint pk_learners primary key,
    kind text not null,
    code text,
    account text,
    facility_id uuid,
    languages text[] not null,
    joined_at timestamptz,
    champion_since timestamptz,
    erased_at timestamptz
);
create unique index ix_learners_code on learners (code);
create index ix_learners_account on learners (account);
create index ix_learners_facility_id_id on learners (facility_id, id);

create table trainer_assignments (
    id uuid constraint pk_trainer_assignments primary key,
    volunteer_id uuid not null,
    facility_id uuid not null,
    languages text[] not null,
    topics text[] not null,
    starts timestamptz not null,
    ends timestamptz not null,
    ended_at timestamptz
);
create index ix_trainer_assignments_facility_id_volunteer_id on trainer_assignments (facility_id, volunteer_id);
create index ix_trainer_assignments_volunteer_id on trainer_assignments (volunteer_id);
