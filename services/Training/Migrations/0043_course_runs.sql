create table course_runs (
    id uuid constraint pk_course_runs primary key,
    course_id uuid not null constraint fk_course_runs_course_id references courses on delete restrict,
    opened_at timestamptz not null,
    opened_by text not null
);
create index ix_course_runs_course_id on course_runs (course_id);

create table course_run_sessions (
    run_id uuid not null constraint fk_course_run_sessions_run_id references course_runs on delete cascade,
    session_id uuid not null constraint fk_course_run_sessions_session_id references sessions on delete restrict,
    constraint pk_course_run_sessions primary key (run_id, session_id)
);
-- A session belongs to one run: whoever leaves the run leaves its sessions.
create unique index session_in_another_run on course_run_sessions (session_id);
