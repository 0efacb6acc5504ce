-- Recordings of questions and choices read aloud.
create table instrument_files (
    instrument_code text not null constraint fk_instrument_files_instrument_code references instruments on delete cascade,
    name text not null,
    media_type text not null,
    md5 text not null,
    content bytea not null,
    kept_by text not null,
    kept_at timestamptz not null,
    constraint file_already_known primary key (instrument_code, name)
);
