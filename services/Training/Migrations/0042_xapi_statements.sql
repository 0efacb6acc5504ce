create table xapi_statements (
    id uuid constraint pk_xapi_statements primary key,
    stored timestamptz not null,
    actor_home_page text not null,
    actor_name text not null,
    verb text not null,
    activity text not null,
    statement jsonb not null
);
create index ix_xapi_statements_stored_id on xapi_statements (stored, id);
create index ix_xapi_statements_actor_name_stored on xapi_statements (actor_name, stored);
create index ix_xapi_statements_activity_stored on xapi_statements (activity, stored);
create index ix_xapi_statements_verb_stored on xapi_statements (verb, stored);
