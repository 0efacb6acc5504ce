create table checklist_marks (
    facility_id uuid not null constraint fk_checklist_marks_facility_id references facilities on delete cascade,
    item text not null,
    note text,
    done_at timestamptz not null,
    done_by text not null,
    passed boolean,
    remark text,
    inspected_at timestamptz,
    inspected_by text,
    constraint pk_checklist_marks primary key (facility_id, item)
);

create table evidence (
    id uuid constraint pk_evidence primary key,
    facility_id uuid not null constraint fk_evidence_facility_id references facilities on delete cascade,
    item text not null,
    file_name text,
    content_type text not null,
    content bytea not null,
    bytes integer not null,
    sha256 bytea not null,
    uploaded_at timestamptz not null,
    uploaded_by text not null
);
-- Photographs do not compress further.
alter table evidence alter column content set storage external;
create unique index ix_evidence_facility_id_item_sha256 on evidence (facility_id, item, sha256);
