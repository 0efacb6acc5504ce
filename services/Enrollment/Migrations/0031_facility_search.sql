create extension if not exists pg_trgm;
create index ix_sites_name on sites using gin (name gin_trgm_ops);
create index ix_employers_name on employers using gin (name gin_trgm_ops);
