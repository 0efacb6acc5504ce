create sequence letter_numbers;

create table letters (
    id uuid constraint pk_letters primary key,
    number text not null,
    volunteer_id uuid not null constraint fk_letters_volunteer_id references volunteers on delete cascade,
    issued_at timestamptz not null,
    figures text not null
);
create unique index ix_letters_number on letters (number);
create unique index ix_letters_volunteer_id_figures on letters (volunteer_id, figures);
