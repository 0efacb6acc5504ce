alter table waves add withdrawn_at timestamptz, add withdrawn_by text, add why_withdrawn text;
