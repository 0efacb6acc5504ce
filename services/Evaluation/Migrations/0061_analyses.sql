create table analyses (
    id uuid constraint pk_analyses primary key,
    wave_id uuid not null constraint fk_analyses_wave_id references waves on delete restrict,
    instrument text not null,
    before_wave_id uuid constraint fk_analyses_before_wave_id references waves on delete restrict,
    before_instrument text,
    number integer not null,
    snapshot bytea not null,
    before_snapshot bytea,
    engine text not null,
    simulated boolean not null,
    sha256 bytea not null,
    computed_by text not null,
    computed_at timestamptz not null
);
create unique index ix_analyses_question on analyses (wave_id, instrument, before_wave_id, before_instrument, number) nulls not distinct;
create index ix_analyses_before_wave_id on analyses (before_wave_id);

create table results (
    id uuid constraint pk_results primary key,
    analysis_id uuid not null constraint fk_results_analysis_id references analyses on delete restrict,
    number integer not null,
    indicator text not null,
    definition_version integer not null,
    body bytea not null,
    sha256 bytea not null
);
create unique index ix_results_analysis_id_number on results (analysis_id, number);

create table publications (
    analysis_id uuid constraint analysis_already_published primary key constraint fk_publications_analysis_id references analyses on delete restrict,
    wave_id uuid not null,
    published_by text not null,
    published_at timestamptz not null
);
create index ix_publications_wave_id on publications (wave_id);

create trigger indicator_definitions_stay before update or delete or truncate on indicator_definitions execute function refuse_rewriting();
create trigger analyses_stay before update or delete or truncate on analyses execute function refuse_rewriting();
create trigger results_stay before update or delete or truncate on results execute function refuse_rewriting();
create trigger publications_stay before update or delete or truncate on publications execute function refuse_rewriting();
