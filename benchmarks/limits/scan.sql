-- What POST /api/inventory/scans sends to the database for one device that is stored: libraries/Postgres/IdempotencyKeys.cs around
-- services/Inventory/Devices/ScanDevices.cs. The relay's and the receivers' statements, which come after the answer, are not in it.
\set number random(1, :devices)
\set key random(1, 9000000000000000000)
begin;
select pg_try_advisory_xact_lock(hashtextextended(:key::text, 0));
select caller, key, body, content_type, created_at, e_tag, fingerprint, location, status from idempotency_keys where caller = 'bench' and key = :key::text limit 2;
select id, code, kind, name, organisation_id from locations where id = '0b5e0000-0000-7000-8000-000000000001' limit 1;
select *, xmin from devices where number = any (array[:number::bigint]) order by number for update;
\startpipeline
update devices set history_length = history_length + 1, location_id = '0b5e0000-0000-7000-8000-000000000001', state = 'InStock', state_since = now() where number = :number returning xmin;
insert into device_events (at, by, device_id, from_location_id, from_state, kind, seq, to_location_id, to_state, why)
select now(), '00000000-0000-0000-0000-000000000000', id, location_id, 'Triaged', 'Modem', history_length, '0b5e0000-0000-7000-8000-000000000001', 'InStock', null from devices where number = :number
returning id;
insert into outbox_messages (id, attempts, body, created_at, due_at, type) values (gen_random_uuid(), 0, '{"Devices": 1, "At": "2026-11-22T00:00:00+00:00"}', now(), now(), 'StockArrived');
\endpipeline
insert into idempotency_keys (caller, key, body, content_type, created_at, e_tag, fingerprint, location, status)
values ('bench', :key::text, convert_to(repeat('x', 110), 'UTF8'), 'application/json; charset=utf-8', now(), null, sha256('x'), null, 200);
commit;
