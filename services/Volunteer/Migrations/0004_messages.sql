create table messages (
    id uuid constraint pk_messages primary key,
    volunteer_id uuid not null constraint fk_messages_volunteer_id references volunteers on delete cascade,
    template text not null,
    "values" jsonb not null,
    state text not null,
    created_at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null,
    sent_at timestamptz,
    last_error text
);
create index ix_messages_volunteer_id on messages (volunteer_id);
create index ix_messages_due_at on messages (due_at) where state = 'Waiting';
create index ix_messages_failed on messages (id) where state = 'Failed';

create table sent_mail (
    id uuid constraint pk_sent_mail primary key,
    volunteer_id uuid not null constraint fk_sent_mail_volunteer_id references volunteers on delete cascade,
    "to" text not null,
    subject text not null,
    text text not null,
    at timestamptz not null
);
create index ix_sent_mail_volunteer_id on sent_mail (volunteer_id);
