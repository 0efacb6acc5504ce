using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Volunteers.Tests.Openings;

/// <summary>As many volunteers as the programme has, in a service of their own.</summary>
public class CandidateScaleTests(FreshVolunteerApp volunteers) : IClassFixture<FreshVolunteerApp>
{
    [Fact]
    public async Task A_thousand_volunteers_are_ranked_against_an_opening_in_one_statement()
    {
        var opening = await volunteers.OpeningAsync(AssignmentRole.Trainer, languages: ["hi", "ne"], topics: ["computer-basics", "labour-rights"]);
        await AThousandTrainersAsync();
        await using var scope = volunteers.Services.CreateAsyncScope();
        var statements = new Statements();
        await using var db = new VolunteerDb(new DbContextOptionsBuilder<VolunteerDb>().UseNpgsql(scope.ServiceProvider.GetRequiredService<Npgsql.NpgsqlDataSource>())
            .AddInterceptors(statements).Options);
        var (wanted, facility) = (await db.Openings.SingleAsync(o => o.Id == opening.Id), await db.Facilities.SingleAsync(f => f.Id == opening.FacilityId));
        statements.Count = 0;

        var ranked = await db.RankCandidatesAsync(wanted, facility, volunteers.Clock.GetUtcNow(), [.. Enumerable.Range(1, 8).Select(i => volunteers.Shift(40 * i))], new(), new(), limit: 2000, CancellationToken.None);

        Assert.Equal((1, 1000), (statements.Count, ranked.Count));
        Assert.Equal(ranked.Select(r => r.Total).OrderDescending(), ranked.Select(r => r.Total));
        Assert.All(ranked, r => Assert.InRange(r.Total, 0, 100));
        Assert.True(ranked.Select(r => Math.Round(r.Total, 3)).Distinct().Count() > 100, "They differ in more than one way.");
    }

    private Task AThousandTrainersAsync() => volunteers.InDbAsync(db => db.Database.ExecuteSqlAsync($"""
        insert into volunteers (id, number, account, name, email, home_latitude, home_longitude, skills, message_language, state, state_since, applied_at, history_length)
            select md5('volunteer' || n)::uuid, 'V-' || n, 'account-' || n, 'Volunteer ' || n, n || '@example.org', 24.6 + n % 97 * 0.015, 50.9 + n % 89 * 0.008,
                array['trainer'], 'en', 'Certified', now(), now(), 0 from generate_series(1, 1000) as n;
        insert into volunteer_languages (volunteer_id, language, level)
            select md5('volunteer' || n)::uuid, l, 1 + (n / 7) % 4 from generate_series(1, 1000) as n cross join unnest(array[(array['hi', 'ne'])[1 + n % 2], 'en']) as l;
        insert into certifications (id, volunteer_id, topics, certified_at, valid_until)
            select gen_random_uuid(), md5('volunteer' || n)::uuid, array['computer-basics', 'labour-rights'], now() - interval '1 day', now() + n * interval '1 day' from generate_series(1, 1000) as n;
        insert into weekly_slots (volunteer_id, day, from_minute, to_minute)
            select md5('volunteer' || n)::uuid, d, 600, 600 + n % 5 * 60 from generate_series(1, 1000) as n cross join generate_series(1, 3) as d;
        insert into absences (id, volunteer_id, first, last)
            select gen_random_uuid(), md5('volunteer' || n)::uuid, current_date + n % 40, current_date + n % 40 + 5 from generate_series(1, 1000, 3) as n;
        """));

    private sealed class Statements : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override ValueTask<InterceptionResult<System.Data.Common.DbDataReader>> ReaderExecutingAsync(System.Data.Common.DbCommand command, CommandEventData data,
            InterceptionResult<System.Data.Common.DbDataReader> result, CancellationToken cancel = default)
        {
            Count++;
            return new(result);
        }
    }
}
