-- The first start after a restore: the databases are as they were at one moment, the broker is empty. What was on its way then is sent
-- again from where it was kept; those who have had it know it by their inbox, which now counts its 30 days from today.
begin;
with again as (delete from sent_messages returning id, type, body, sent_at)
insert into outbox_messages (id, type, body, created_at, due_at, attempts)
    select id, type, body, sent_at, now(), 0 from again;
update inbox_messages set received_at = now();
commit;
