create table indicator_definitions (
    code text not null,
    version integer not null,
    definition jsonb not null,
    sha256 bytea not null,
    imported_at timestamptz not null,
    constraint pk_indicator_definitions primary key (code, version)
);
