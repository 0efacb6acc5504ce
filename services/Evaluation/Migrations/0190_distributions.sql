-- The answers to closed questions, counted when an analysis is computed. Analyses from before have none until they are computed again.
create table distributions (
    analysis_id uuid constraint pk_distributions primary key constraint fk_distributions_analysis_id references analyses on delete restrict,
    body bytea not null,
    sha256 bytea not null
);
create trigger distributions_stay before update or delete or truncate on distributions execute function refuse_rewriting();
