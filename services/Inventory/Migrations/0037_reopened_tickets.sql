alter table faults add ticket_opened_at timestamptz;
update faults set ticket_opened_at = reported_at where ticket_id is not null;
drop index ix_faults_ticket_id;
create unique index ix_faults_ticket_id_ticket_opened_at on faults (ticket_id, ticket_opened_at);
