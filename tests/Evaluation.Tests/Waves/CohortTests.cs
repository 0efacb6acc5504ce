using BetterConnections.Contracts;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Waves;

public class CohortTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private static readonly WaveSettings Settings = new();

    [Fact]
    public async Task A_facility_that_opens_is_asked_before_training_after_it_and_half_a_year_later()
    {
        var (facility, opened) = (Guid.NewGuid(), evaluation.Clock.GetUtcNow());
        await evaluation.DeliverAsync(Opened(facility, opened), times: 2);
        await evaluation.DeliverAsync(Completed(facility, opened.AddHours(1)), times: 2);
        await evaluation.DeliverAsync(Completed(facility, opened.AddDays(2)));
        await evaluation.DeliverAsync(Completed(facility, opened.AddDays(1)));

        var day = Settings.DayOf(opened);
        var half = HalfYear.Of(day);
        var windows = await WindowsAsync(facility);
        Assert.Equal([$"{half}-baseline", $"{half}-endline", $"{half}-follow-up"], windows.Keys.Order());
        Assert.Equal((opened, Settings.StartOf(day.AddDays(31))), windows[$"{half}-baseline"]);
        var first = Settings.DayOf(opened.AddHours(1));
        Assert.Equal((Settings.StartOf(first), Settings.StartOf(day.AddDays(2 + 15))), windows[$"{half}-endline"]);
        Assert.Equal((Settings.StartOf(first.AddDays(150)), Settings.StartOf(day.AddDays(2 + 211))), windows[$"{half}-follow-up"]);
        var heard = await evaluation.Broker.HeardAsync<WaveOpened>(w => w.Code == $"{half}-baseline" && w.Facilities.Contains(facility));
        Assert.Equal(["I1"], heard.Instruments);
        Assert.Single(evaluation.Broker.Heard<WaveOpened>(w => w.Code == $"{half}-baseline" && w.Facilities.Contains(facility)));
    }

    [Fact]
    public async Task Completions_told_before_the_opening_wait_for_it()
    {
        var (facility, opened) = (Guid.NewGuid(), evaluation.Clock.GetUtcNow());
        await evaluation.DeliverAsync(Completed(facility, opened.AddDays(20)));
        Assert.Empty(await WindowsAsync(facility));

        await evaluation.DeliverAsync(Opened(facility, opened));

        Assert.Equal(3, (await WindowsAsync(facility)).Count);
    }

    [Fact]
    public async Task Facilities_of_a_new_cohort_that_open_at_once_share_its_wave()
    {
        var facilities = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToList();
        var opened = new DateTimeOffset(evaluation.Clock.GetUtcNow().Year + 1, 2, 3, 8, 0, 0, TimeSpan.Zero);

        await Task.WhenAll(facilities.Select(f => evaluation.DeliverAsync(Opened(f, opened))));

        var windows = await Task.WhenAll(facilities.Select(WindowsAsync));
        Assert.All(windows, w => Assert.Equal([$"{opened.Year}H1-baseline"], w.Keys));
    }

    [Fact]
    public async Task Many_facilities_that_open_at_once_do_not_wait_for_one_another()
    {
        var opened = evaluation.Clock.GetUtcNow();
        var (day, facilities) = (Settings.DayOf(opened), Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToList());
        var baseline = $"{HalfYear.Of(day)}-baseline";
        await evaluation.DeliverAsync(Opened(Guid.NewGuid(), opened)); // so that the wave is there, and open
        await using var joining = await HeldLock.TakeAsync(evaluation.Services, $"select 1 from waves where code = '{baseline}' for share"); // as another facility does that is slow

        await Task.WhenAll(facilities.Select(f => evaluation.DeliverAsync(Opened(f, opened))));

        foreach (var facility in facilities)
        {
            Assert.Equal([(baseline, (opened, Settings.StartOf(day.AddDays(31))))], (await WindowsAsync(facility)).Select(w => (w.Key, w.Value)));
            await evaluation.Broker.HeardAsync<WaveOpened>(w => w.Code == baseline && w.Facilities.Contains(facility));
            Assert.Single(evaluation.Broker.Heard<WaveOpened>(w => w.Code == baseline && w.Facilities.Contains(facility)));
        }
    }

    [Fact]
    public async Task What_is_told_years_later_and_courses_of_volunteers_plan_nothing()
    {
        var (old, other) = (Guid.NewGuid(), Guid.NewGuid());
        await evaluation.DeliverAsync(Opened(old, evaluation.Clock.GetUtcNow().AddYears(-3)));
        await evaluation.DeliverAsync(Opened(other, evaluation.Clock.GetUtcNow()));
        await evaluation.DeliverAsync(Completed(other, evaluation.Clock.GetUtcNow()) with { Audience = "volunteers" });

        Assert.Empty(await WindowsAsync(old));
        Assert.Single(await WindowsAsync(other));
    }

    [Theory]
    [InlineData(2026, 6, 30, "2026H1", "2026-01-01", "2026-06-30")]
    [InlineData(2026, 7, 1, "2026H2", "2026-07-01", "2026-12-31")]
    public void A_half_year_ends_in_June_and_December(int year, int month, int day, string code, string first, string last)
    {
        var half = HalfYear.Of(new(year, month, day));
        Assert.Equal((code, first, last), (half.ToString(), $"{half.First:yyyy-MM-dd}", $"{half.Last:yyyy-MM-dd}"));
    }

    [Fact]
    public void Days_are_those_on_the_programmes_clocks()
    {
        Assert.Equal(new DateOnly(2026, 7, 1), Settings.DayOf(new(2026, 6, 30, 21, 30, 0, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 6, 30, 21, 0, 0, TimeSpan.Zero), Settings.StartOf(new(2026, 7, 1)));
    }

    private static FacilityOpened Opened(Guid facility, DateTimeOffset at) =>
        new(facility, $"F{Random.Shared.NextInt64(100_000, 9_999_999_999)}", Guid.NewGuid(), 1, "Zone 7", 25.2, 51.5, 800, ["ne"], [], at);

    private static CourseCompleted Completed(Guid facility, DateTimeOffset at) => new(Guid.NewGuid(), Guid.NewGuid(), facility, "workers", ["computer-basics"], 120, at);

    private Task<Dictionary<string, (DateTimeOffset Opens, DateTimeOffset Closes)>> WindowsAsync(Guid facility) => evaluation.InDbAsync(async db =>
        (await (from p in db.WaveFacilities where p.FacilityId == facility join w in db.Waves on p.WaveId equals w.Id select new { w.Code, p.Opens, p.Closes }).ToListAsync())
        .ToDictionary(w => w.Code, w => (w.Opens, w.Closes)));
}
