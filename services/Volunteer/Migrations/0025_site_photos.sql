create table site_photos (
    id uuid constraint pk_site_photos primary key,
    report_id uuid not null constraint fk_site_photos_report_id references site_reports on delete cascade,
    content_type text not null,
    content bytea not null,
    bytes integer not null,
    sha256 bytea not null,
    added_at timestamptz not null
);
-- Photographs do not compress further.
alter table site_photos alter column content set storage external;
create unique index ix_site_photos_report_id_sha256 on site_photos (report_id, sha256);
