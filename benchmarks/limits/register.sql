-- What POST /api/inventory/devices sends to the database: libraries/Postgres/IdempotencyKeys.cs around
-- services/Inventory/Devices/RegisterDevice.cs. One pipeline is one batch of Entity Framework.
\set key random(1, 9000000000000000000)
begin;
select pg_try_advisory_xact_lock(hashtextextended(:key::text, 0));
select caller, key, body, content_type, created_at, e_tag, fingerprint, location, status from idempotency_keys where caller = 'bench' and key = :key::text limit 2;
select nextval('device_numbers') as number from generate_series(1, 1) \gset
\startpipeline
insert into devices (id, barcode, cpu, history_length, kind, manufacturer, memory_gb, model, number, received_at, serial, state, state_since, storage, storage_gb, wipe, wipe_waived)
values (lpad(to_hex(:number::bigint), 32, '0')::uuid, 'BC-' || :number::bigint || '-X', 'Core i5-8500', 1, 'Desktop', 'Dell', 8, 'OptiPlex 3060', :number, now(), 'LIMIT' || :number::bigint,
    'Received', now(), 'Ssd', 256, 'Missing', false)
returning xmin;
insert into device_events (at, by, device_id, kind, seq, to_state, why)
values (now(), '00000000-0000-0000-0000-000000000000', lpad(to_hex(:number::bigint), 32, '0')::uuid, 'Desktop', 1, 'Received', 'registered by hand')
returning id;
\endpipeline
insert into idempotency_keys (caller, key, body, content_type, created_at, e_tag, fingerprint, location, status)
values ('bench', :key::text, convert_to(repeat('x', 560), 'UTF8'), 'application/json; charset=utf-8', now(), '"1"', sha256('x'), '/api/inventory/devices/BC-000001-X', 201);
commit;
