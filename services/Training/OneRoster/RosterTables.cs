using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.OneRoster;

/// <summary>
/// The tables of OneRoster 1.1 (CSV, bulk). A school is a facility, a course a topic for an audience, a class what a facility had of a course in
/// a calendar year. In bulk files status and dateLastModified stay empty, as the standard has it. Courses and academic sessions are
/// given beside the five files that were asked for, since a class refers to both.
/// </summary>
internal static class RosterTables
{
    private const string Elsewhere = "elsewhere";
    private static readonly string[] Absent = ["categories", "classResources", "courseResources", "demographics", "lineItems", "resources", "results"];

    public static readonly (string File, string Query)[] Files =
    [
        ("academicSessions.csv", """
            select distinct 'year-' || year as "sourcedId", '' as "status", '' as "dateLastModified", year as "title", 'schoolYear' as "type",
                year || '-01-01' as "startDate", year || '-12-31' as "endDate", '' as "parentSourcedId", year as "schoolYear"
            from oneroster_held order by 1
            """),
        ("orgs.csv", """
            select 'programme' as "sourcedId", '' as "status", '' as "dateLastModified", (select name from oneroster_programme) as "name", 'national' as "type", '' as "identifier", '' as "parentSourcedId"
            union all
            (select distinct place, '', '', place, 'school', place, 'programme' from oneroster_held order by place)
            """),
        ("courses.csv", """
            select distinct course as "sourcedId", '' as "status", '' as "dateLastModified", '' as "schoolYearSourcedId", topic || ' (' || audience || ')' as "title", course as "courseCode",
                '' as "grades", 'programme' as "orgSourcedId", topic as "subjects", '' as "subjectCodes"
            from oneroster_held order by 1
            """),
        ("classes.csv", """
            select distinct class as "sourcedId", '' as "status", '' as "dateLastModified", place || ' ' || topic || ' ' || year as "title", '' as "grades", course as "courseSourcedId", class as "classCode",
                'scheduled' as "classType", place as "location", place as "schoolSourcedId", 'year-' || year as "termSourcedIds", topic as "subjects", '' as "subjectCodes", '' as "periods"
            from oneroster_held order by 1
            """),
        ("users.csv", """
            select user_id as "sourcedId", '' as "status", '' as "dateLastModified", 'true' as "enabledUser", string_agg(distinct place, ',') as "orgSourcedIds",
                case when bool_or(role = 'teacher') then 'teacher' else 'student' end as "role", code as "username", '' as "userIds", code as "givenName", code as "familyName",
                '' as "middleName", code as "identifier", '' as "email", '' as "sms", '' as "phone", '' as "agentSourcedIds", '' as "grades", '' as "password"
            from oneroster_members group by user_id, code order by user_id
            """),
        ("enrollments.csv", """
            select class || ':' || role || ':' || user_id as "sourcedId", '' as "status", '' as "dateLastModified", class as "classSourcedId", place as "schoolSourcedId", user_id as "userSourcedId",
                role as "role", case role when 'teacher' then 'true' else 'false' end as "primary", '' as "beginDate", '' as "endDate"
            from oneroster_members order by class, role, user_id
            """),
    ];

    /// <summary>Sessions and members of the period as temporary tables, since <c>copy</c> takes no parameters.</summary>
    public static Task PrepareAsync(TrainingDb db, string? facility, DateOnly first, DateOnly last, ProgrammeSettings programme, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"""
            create temp table oneroster_programme (name text) on commit drop;
            create temp table oneroster_held (id uuid, trainer_id uuid, seats integer, place text, topic text, audience text, year text, course text, class text) on commit drop;
            create temp table oneroster_members (class text, place text, role text, user_id uuid, code text) on commit drop;

            insert into oneroster_programme values ({programme.Name});

            insert into oneroster_held
            select n.id, n.trainer_id, n.seats, n.place, n.topic, n.audience, n.year, n.topic || '-' || n.audience, n.place || '-' || n.topic || '-' || n.audience || '-' || n.year
            from (select s.id, s.trainer_id, s.seats, coalesce(f.code, {Elsewhere}) as place, s.topic, lower(s.audience) as audience,
                    extract(year from s.starts at time zone {programme.TimeZone})::text as year
                from sessions s left join facilities f on f.id = s.facility_id
                where s.state <> 'Cancelled' and (s.starts at time zone {programme.TimeZone})::date between {first} and {last}
                    and ({facility}::text is null or f.code = {facility})) n;

            insert into oneroster_members
            select distinct m.class, m.place, m.role, l.id, coalesce(l.code, l.id::text)
            from (
                select h.class, h.place, 'student' as role, a.learner_id from oneroster_held h join attendance_records a on a.session_id = h.id
                union
                -- Those who have a seat; the waiting list is not enrolled.
                select class, place, 'student', learner_id from (
                    select h.class, h.place, h.seats, r.learner_id, row_number() over (partition by r.session_id order by r.number) as rank
                    from oneroster_held h join roster_entries r on r.session_id = h.id and r.left_at is null) seated
                where rank <= seats
                union
                select class, place, 'teacher', trainer_id from oneroster_held where trainer_id is not null) m
            join learners l on l.id = m.learner_id;
            """, cancel);

    public static string Manifest(ProgrammeSettings programme)
    {
        var present = Files.Select(f => (Name: Path.GetFileNameWithoutExtension(f.File), How: "bulk")).Concat(Absent.Select(a => (Name: a, How: "absent")));
        return "propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.1\r\n"
            + string.Concat(present.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"file.{p.Name},{p.How}\r\n"))
            + $"source.systemName,\"{programme.Name.Replace("\"", "\"\"")}\"\r\nsource.systemCode,better-connections\r\n";
    }
}
