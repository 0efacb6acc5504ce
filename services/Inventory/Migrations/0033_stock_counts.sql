create table stock_counts (
    id uuid constraint pk_stock_counts primary key,
    location_id uuid not null constraint fk_stock_counts_location_id references locations on delete cascade,
    opened_by text not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    applied_at timestamptz,
    applied_by text,
    reason text
);
create index ix_stock_counts_location_id on stock_counts (location_id);

create table stock_count_lines (
    stock_count_id uuid not null constraint fk_stock_count_lines_stock_count_id references stock_counts on delete cascade,
    device_id uuid not null constraint fk_stock_count_lines_device_id references devices on delete cascade,
    scanned_at timestamptz,
    finding text,
    book_state text,
    book_location_id uuid,
    constraint pk_stock_count_lines primary key (stock_count_id, device_id)
);
create index ix_stock_count_lines_device_id on stock_count_lines (device_id);
