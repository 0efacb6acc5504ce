create table calendar_feeds (
    id uuid constraint pk_calendar_feeds primary key,
    token_hash bytea not null,
    owner text not null,
    trainer_id uuid,
    facility_id uuid constraint fk_calendar_feeds_facility_id references facilities on delete restrict,
    created_at timestamptz not null
);
create unique index ix_calendar_feeds_token_hash on calendar_feeds (token_hash);
create index ix_calendar_feeds_owner on calendar_feeds (owner);
create index ix_calendar_feeds_trainer_id on calendar_feeds (trainer_id);
create index ix_calendar_feeds_facility_id on calendar_feeds (facility_id);

create table refresher_proposals (
    id uuid constraint pk_refresher_proposals primary key,
    wave_id uuid not null,
    facility_id uuid not null,
    topic text not null,
    workers integer not null,
    asked_at timestamptz not null,
    state text not null,
    session_id uuid constraint fk_refresher_proposals_session_id references sessions on delete restrict,
    decided_at timestamptz,
    decided_by text,
    why text
);
create unique index ix_refresher_proposals_wave_id_facility_id_topic on refresher_proposals (wave_id, facility_id, topic);
create index ix_refresher_proposals_state_id on refresher_proposals (state, id);
create index ix_refresher_proposals_session_id on refresher_proposals (session_id);
