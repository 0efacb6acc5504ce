create table outbox_messages (
    id uuid constraint pk_outbox_messages primary key,
    type text not null,
    body jsonb not null,
    trace_parent text,
    created_at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null,
    last_error text
);
create index ix_outbox_messages_due_at on outbox_messages (due_at);

create table inbox_messages (
    message_id uuid not null,
    queue text not null,
    received_at timestamptz not null,
    constraint pk_inbox_messages primary key (message_id, queue)
);
create index ix_inbox_messages_received_at on inbox_messages (received_at);
