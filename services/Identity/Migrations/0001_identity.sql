create table accounts (
    id uuid constraint pk_accounts primary key,
    user_name text not null,
    normalized_user_name text not null,
    password_hash text not null,
    security_stamp text not null,
    roles text[] not null,
    organisation_id uuid,
    enabled boolean not null,
    one_time_until timestamptz,
    access_failed_count integer not null,
    lockout_end timestamptz,
    created_at timestamptz not null
);
create unique index user_name_taken on accounts (normalized_user_name);

create table sessions (
    id uuid constraint pk_sessions primary key,
    account_id uuid not null constraint fk_sessions_account_id references accounts on delete cascade,
    secret_hash bytea not null,
    started_at timestamptz not null,
    expires_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz
);
create index ix_sessions_account_id on sessions (account_id);
create index ix_sessions_expires_at on sessions (expires_at);

create table clients (
    id uuid constraint pk_clients primary key,
    name text not null,
    scopes text[] not null,
    secret_hash bytea not null,
    created_at timestamptz not null,
    created_by text not null,
    secret_since timestamptz not null
);
create unique index client_name_taken on clients (name);

create table signing_keys (
    id text constraint pk_signing_keys primary key,
    private_key bytea not null,
    is_sealed boolean not null,
    active_from timestamptz not null,
    active_until timestamptz not null
);
