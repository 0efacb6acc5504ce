-- Facilities are delivered to in the order in which their spaces became ready: those of one month are a batch.
alter table facilities add column ready_at timestamptz;
alter table snapshot_submissions add column batch text;
