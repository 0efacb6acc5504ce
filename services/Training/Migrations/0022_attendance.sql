create table attendance_marks (
    id uuid constraint pk_attendance_marks primary key,
    session_id uuid not null constraint fk_attendance_marks_session_id references sessions on delete restrict,
    learner_id uuid not null constraint fk_attendance_marks_learner_id references learners on delete restrict,
    revision integer not null,
    minutes integer not null,
    device_time timestamptz not null,
    clock_offset integer not null,
    is_guest boolean not null,
    recorded_by text not null,
    received_at timestamptz not null
);
create index ix_attendance_marks_session_id_learner_id on attendance_marks (session_id, learner_id);
create index ix_attendance_marks_learner_id on attendance_marks (learner_id);

create table attendance_records (
    session_id uuid not null constraint fk_attendance_records_session_id references sessions on delete restrict,
    learner_id uuid not null constraint fk_attendance_records_learner_id references learners on delete restrict,
    minutes integer not null,
    revision integer not null,
    mark_id uuid not null constraint fk_attendance_records_mark_id references attendance_marks on delete restrict,
    is_guest boolean not null,
    recorded_at timestamptz not null,
    constraint pk_attendance_records primary key (session_id, learner_id)
);
create index ix_attendance_records_learner_id on attendance_records (learner_id);
create index ix_attendance_records_mark_id on attendance_records (mark_id);
