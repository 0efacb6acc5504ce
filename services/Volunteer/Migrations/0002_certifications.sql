create table certifications (
    id uuid constraint pk_certifications primary key,
    volunteer_id uuid not null constraint fk_certifications_volunteer_id references volunteers on delete cascade,
    topics text[] not null,
    certified_at timestamptz,
    valid_until timestamptz,
    revoked_at timestamptz,
    expiry_told_at timestamptz
);
create index ix_certifications_volunteer_id on certifications (volunteer_id);
create index ix_certifications_valid_until on certifications (valid_until);
