create table collectors (
    id uuid constraint pk_collectors primary key,
    label text not null,
    token_hash bytea not null,
    forms text[] not null,
    facilities text[] not null,
    valid_until timestamptz not null,
    issued_by text not null,
    issued_at timestamptz not null,
    revoked_by text,
    revoked_at timestamptz
);
create unique index ix_collectors_token_hash on collectors (token_hash);
