-- What GET /api/inventory/devices?state=InStock&kind=Desktop&sort=-number&limit=50 asks the database: services/Inventory/Devices/ListDevices.cs.
select number, barcode, kind, serial, manufacturer, model, cpu, memory_gb, storage_gb, storage, purchased_year, donor_asset_tag, book_value, notes, state, state_since, location_id,
    donation_id, kit_id, received_at, wipe, wipe_waived
from devices where state = 'InStock' and kind = 'Desktop' order by number desc limit 51;
