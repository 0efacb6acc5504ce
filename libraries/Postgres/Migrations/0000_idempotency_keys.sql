create table idempotency_keys (
    caller text not null,
    key text not null,
    fingerprint bytea not null,
    status integer not null,
    content_type text,
    location text,
    e_tag text,
    body bytea not null,
    created_at timestamptz not null,
    constraint pk_idempotency_keys primary key (caller, key)
);
create index ix_idempotency_keys_created_at on idempotency_keys (created_at);
