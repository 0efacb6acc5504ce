-- Whose phone a collector may be for; screened since this was written. An erased one keeps its id alone, which keeps out what comes late.
-- Who left and came back is told by two events that may arrive in either order: the later time counts.
create table volunteers (
    id uuid constraint pk_volunteers primary key,
    number text,
    account text,
    left_at timestamptz,
    back_at timestamptz,
    erased_at timestamptz
);
create unique index ix_volunteers_number on volunteers (number);
create unique index ix_volunteers_account on volunteers (account);

alter table collectors add volunteer_id uuid constraint fk_collectors_volunteer_id references volunteers;
create index ix_collectors_volunteer_id on collectors (volunteer_id);
