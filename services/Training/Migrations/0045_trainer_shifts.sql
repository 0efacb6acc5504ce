create table trainer_shifts (
    assignment_id uuid not null constraint fk_trainer_shifts_assignment_id references trainer_assignments on delete cascade,
    starts timestamptz not null,
    ends timestamptz not null,
    constraint pk_trainer_shifts primary key (assignment_id, starts)
);
-- Of assignments from before shifts were told only the whole time is known.
insert into trainer_shifts (assignment_id, starts, ends) select id, starts, ends from trainer_assignments where ended_at is null;
