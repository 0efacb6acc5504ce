alter table sessions add spent_hash bytea, add spent_at timestamptz;
