create table mandated_companies (
    registration_number text constraint pk_mandated_companies primary key,
    name text not null,
    imported_at timestamptz not null,
    imported_by text not null
);

create view compliance_board as
select m.registration_number,
       m.name,
       case when f.open_facilities > 0 then 'Open' when e.state = 'Approved' then 'Enrolled' else 'Mandated' end as stage,
       m.imported_at as mandated_at,
       e.registered_at,
       coalesce(f.facilities, 0)::integer as facilities,
       coalesce(f.open_facilities, 0)::integer as open_facilities
from mandated_companies m
left join employers e on e.commercial_registration = m.registration_number and e.state <> 'Rejected'
left join (
    select employer_id,
           count(*) filter (where state not in ('Closed', 'Withdrawn')) as facilities,
           count(*) filter (where state = 'Open') as open_facilities
    from facilities
    group by employer_id
) f on f.employer_id = e.id;
