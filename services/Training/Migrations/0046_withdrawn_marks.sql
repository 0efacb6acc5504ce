alter table attendance_marks
    add withdrawn_at timestamptz,
    add withdrawn_by text,
    add why_withdrawn text;
