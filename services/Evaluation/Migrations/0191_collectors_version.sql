-- What the office's ETag counts. Before, it was the row's xmin, which a phone that takes another address changes too.
alter table collectors add version integer not null default 1;
