-- Null: frozen before it was counted.
alter table wave_snapshots add incomplete integer;
