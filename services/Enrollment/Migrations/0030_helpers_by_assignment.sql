-- A volunteer may hold several assignments at one facility, so what an assignment names has its id; by hand a role is named once as before.
alter table facility_helpers drop constraint helper_already_named;
alter table facility_helpers add column id uuid not null default gen_random_uuid() constraint pk_facility_helpers primary key;
alter table facility_helpers alter column id drop default;
alter table facility_helpers add column volunteer_id uuid;
alter table facility_helpers add column ended_at timestamptz;
create unique index helper_already_named on facility_helpers (facility_id, subject, role) where volunteer_id is null;
create index ix_facility_helpers_facility_id on facility_helpers (facility_id);
create index ix_facility_helpers_volunteer_id on facility_helpers (volunteer_id);

create table erased_volunteers (
    id uuid constraint pk_erased_volunteers primary key,
    erased_at timestamptz not null
);
