-- What the broker confirmed, kept for some days: a restored system sends it again, so no backup needs the broker's own data.
create table sent_messages (
    id uuid constraint pk_sent_messages primary key,
    type text not null,
    body jsonb not null,
    sent_at timestamptz not null
);
create index ix_sent_messages_sent_at on sent_messages (sent_at);
