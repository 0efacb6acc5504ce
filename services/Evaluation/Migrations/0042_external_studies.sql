create table external_studies (
    code text constraint pk_external_studies primary key,
    definition jsonb not null,
    imported_at timestamptz not null
);
