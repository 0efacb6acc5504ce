using BetterConnections.Training.Certificates;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses;

/// <summary>What one learner did for one course, and whether it was completed before.</summary>
/// <param name="Code">Of the worker's card; null for a volunteer.</param>
/// <param name="Round">Of the latest completion; 0 where there is none.</param>
/// <param name="FacilityId">Where most of it was attended; null for a course held elsewhere.</param>
public sealed record ProgressRow(Guid LearnerId, string? Code, Guid CourseId, int CourseVersion, int Round, DateTimeOffset? CompletedAt, Guid? CertificateId,
    int Minutes, int Sessions, int Topics, int? QuizPercent, Guid? FacilityId)
{
    public Measures Measures => new(Minutes, Sessions, Topics, QuizPercent);
}

/// <summary>
/// Counts what learners did for every active course that is for them, in one statement. What was done for a completed course
/// counts again only towards a renewal: from some months before the certificate ends, or after it was revoked.
/// </summary>
public static class MeasureProgress
{
    public static Task<List<ProgressRow>> ProgressAsync(this TrainingDb db, IReadOnlyCollection<Guid> learners, TrainingSettings settings, CancellationToken cancel)
    {
        Guid[] ids = [.. learners.Distinct()];
        return db.Database.SqlQuery<ProgressRow>($"""
            with pursued as (
                select l.id as learner_id, l.code, c.id as course_id, v.number, v.topics, v.rule_within_months, v.rule_quiz_percent,
                    case c.audience when 'Champions' then array['Workers', 'Champions'] else array[c.audience] end as audiences,
                    coalesce(done.round, 0) as round, done.completed_at, done.certificate_id,
                    case when done.round is null then '-infinity' when done.revoked_at is not null then done.revoked_at
                        else coalesce(done.valid_until - make_interval(months => {settings.RenewalMonths}), 'infinity') end as since
                from learners l
                join courses c on c.state = 'Active' and case c.audience
                    when 'Workers' then l.kind = 'Worker' when 'Champions' then l.champion_since is not null else l.kind = 'Volunteer' and l.erased_at is null end
                join course_versions v on v.course_id = c.id and v.number = c.current_version
                left join lateral (
                    select k.round, k.completed_at, k.certificate_id, t.revoked_at, t.valid_until
                    from completions k join certificates t on t.id = k.certificate_id
                    where k.course_id = c.id and k.learner_id = l.id order by k.round desc limit 1) done on true
                where l.id = any ({ids})
            ), evidence as (
                select p.learner_id, p.course_id, s.starts as at, s.topic, s.id as session_id, a.minutes, s.facility_id, null::uuid as toolkit_id, null as module, null::integer as percent
                from pursued p
                join attendance_records a on a.learner_id = p.learner_id
                join sessions s on s.id = a.session_id and s.topic = any (p.topics) and s.audience = any (p.audiences) and s.state <> 'Cancelled'
                where s.starts > p.since and a.minutes > 0
                union all
                select p.learner_id, p.course_id, q.taken_at, k.topic, null, 0, null, q.toolkit_id, q.module, q.percent
                from pursued p
                join quiz_attempts q on q.learner_id = p.learner_id
                join toolkits k on k.id = q.toolkit_id and k.topic = any (p.topics)
                where q.taken_at > p.since
            ), counted as (
                select e.* from (select e.*, max(e.at) over (partition by e.learner_id, e.course_id) as latest from evidence e) e
                join pursued p using (learner_id, course_id)
                where p.rule_within_months is null or e.at > e.latest - make_interval(months => p.rule_within_months)
            ), asked as (
                select k.topic, k.audience, k.id as toolkit_id, m.slug as module
                from toolkits k join toolkit_versions v on v.toolkit_id = k.id and v.state = 'Published' join modules m on m.version_id = v.id and m.quiz is not null
            ), best as (
                select learner_id, course_id, toolkit_id, module, max(percent) as percent from counted where toolkit_id is not null group by 1, 2, 3, 4
            ), quiz as (
                -- Of a topic's modules as they are published now; one without an attempt counts as nothing right.
                select p.learner_id, p.course_id, floor(avg(case when a.module is not null then coalesce(b.percent, 0) end))::integer as percent
                from pursued p cross join unnest(p.topics) as t(topic)
                left join asked a on a.topic = t.topic and a.audience = any (p.audiences)
                left join best b on b.learner_id = p.learner_id and b.course_id = p.course_id and b.toolkit_id = a.toolkit_id and b.module = a.module
                where p.rule_quiz_percent is not null
                group by p.learner_id, p.course_id, t.topic
            ), lowest as (
                select learner_id, course_id, case when count(*) = count(percent) then min(percent) end as percent from quiz group by 1, 2
            )
            select p.learner_id as "LearnerId", p.code as "Code", p.course_id as "CourseId", p.number as "CourseVersion", p.round as "Round",
                p.completed_at as "CompletedAt", p.certificate_id as "CertificateId",
                coalesce(sum(n.minutes), 0)::integer as "Minutes", count(distinct n.session_id)::integer as "Sessions",
                count(distinct n.topic) filter (where n.session_id is not null)::integer as "Topics",
                min(l.percent) as "QuizPercent", mode() within group (order by n.facility_id) as "FacilityId"
            from pursued p left join counted n using (learner_id, course_id) left join lowest l using (learner_id, course_id)
            group by p.learner_id, p.code, p.course_id, p.number, p.round, p.completed_at, p.certificate_id
            """).ToListAsync(cancel);
    }
}
