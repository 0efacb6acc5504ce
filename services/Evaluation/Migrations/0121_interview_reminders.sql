create table interview_reminders (
    wave_id uuid not null constraint fk_interview_reminders_wave_id references waves on delete cascade,
    facility_id uuid not null,
    week integer not null,
    told_at timestamptz not null,
    constraint pk_interview_reminders primary key (wave_id, facility_id, week)
);
