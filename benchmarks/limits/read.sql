-- What GET /api/inventory/devices/{barcode} asks the database: services/Inventory/Devices/ReadDevice.cs. Barcodes are read through their
-- numbers, which are as unique; the script cannot compute a check character.
\set number random(1, :devices)
select id, barcode, book_value, cpu, donation_id, donor_asset_tag, history_length, kind, kit_id, left_kit_id, location_id, manufacturer, memory_gb, model, notes, number, purchased_year,
    received_at, replaces, serial, state, state_since, storage, storage_gb, triaged_at, xmin, wipe, wipe_waived
from devices where number = :number limit 2;
