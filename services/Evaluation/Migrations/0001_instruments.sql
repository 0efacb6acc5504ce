create table instruments (
    code text constraint instrument_already_known primary key,
    form_id text not null,
    latest_number integer not null,
    created_at timestamptz not null
);
create unique index form_id_taken on instruments (form_id);

create table instrument_versions (
    id uuid constraint pk_instrument_versions primary key,
    instrument_code text not null constraint fk_instrument_versions_instrument_code references instruments on delete cascade,
    form_id text not null,
    number integer not null,
    state text not null,
    form_version text,
    title text not null,
    description text,
    respondent text not null,
    languages text[] not null,
    files text[] not null,
    definition jsonb not null,
    xform bytea,
    md5 text,
    drafted_by text not null,
    drafted_at timestamptz not null,
    published_by text,
    published_at timestamptz,
    closed_by text,
    closed_at timestamptz
);
create unique index ix_instrument_versions_instrument_code_number on instrument_versions (instrument_code, number);
create unique index ix_instrument_versions_form_id_form_version on instrument_versions (form_id, form_version);
create unique index draft_already_open on instrument_versions (instrument_code) where state = 'Draft';
