using BetterConnections.Contracts;
using BetterConnections.Evaluation.Frame;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Evaluation.Tests.Frame;

public class FrameTests(EvaluationApp evaluation)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Guid _id = Guid.NewGuid();
    private readonly string _code = $"F{Random.Shared.Next(100_000, 999_999_999)}";

    private FacilityApplied Applied => new(_id, _code, Guid.NewGuid(), Guid.NewGuid(), "Zone 91", 800, Noon);
    private FacilityOpened Opened => new(_id, _code, Guid.NewGuid(), 7, "Zone 91", 25.2, 51.5, 810, ["ne", "ar"], [], Noon.AddDays(30));

    [Fact]
    public async Task A_facility_is_followed_from_its_application_to_its_end()
    {
        await evaluation.DeliverAsync(Applied, times: 2);
        await evaluation.DeliverAsync(new FacilityNeedsAssessed(_id, _code, ["hi"], [], Noon.AddDays(1)));
        var waiting = await FacilityAsync();
        Assert.Equal((FacilityState.Applied, 800, Noon), (waiting.State, waiting.Residents, waiting.AppliedAt));
        Assert.Equal(["hi"], waiting.Languages);

        await evaluation.DeliverAsync(Opened, times: 2);
        await evaluation.DeliverAsync(new FacilitySuspended(_id, "no power", Noon.AddDays(40)));
        Assert.Equal(FacilityState.Suspended, (await FacilityAsync()).State);
        await evaluation.DeliverAsync(new FacilityResumed(_id, Noon.AddDays(41)));
        var open = await FacilityAsync();
        Assert.Equal((FacilityState.Open, 810, Noon.AddDays(30)), (open.State, open.Residents, open.OpenedAt));
        Assert.Equal(["ne", "ar"], open.Languages);
        await evaluation.DeliverAsync(new FacilityClosed(_id, "moved", Noon.AddDays(99)));
        Assert.Equal(FacilityState.Closed, (await FacilityAsync()).State);
    }

    [Fact]
    public async Task Events_in_the_wrong_order_end_in_the_same_facility()
    {
        await evaluation.DeliverAsync(new FacilityClosed(_id, "moved", Noon.AddDays(99)));
        await evaluation.DeliverAsync(Opened);
        await evaluation.DeliverAsync(new FacilityNeedsAssessed(_id, _code, ["hi"], [], Noon.AddDays(1)));
        await evaluation.DeliverAsync(Applied);

        var facility = await FacilityAsync();

        Assert.Equal((FacilityState.Closed, _code, "Zone 91", Noon, Noon.AddDays(30)), (facility.State, facility.Code, facility.Zone, facility.AppliedAt, facility.OpenedAt));
        Assert.Equal(810, facility.Residents);
        Assert.Equal(["ne", "ar"], facility.Languages);
    }

    [Fact]
    public async Task An_application_that_is_withdrawn_is_no_longer_waiting()
    {
        await evaluation.DeliverAsync(new FacilityWithdrawn(_id, "sold", Noon.AddDays(2)), times: 2);
        await evaluation.DeliverAsync(Applied);
        Assert.Equal(FacilityState.Withdrawn, (await FacilityAsync()).State);
    }

    [Fact]
    public async Task A_card_belongs_to_whom_it_was_given_last_and_a_worker_to_its_last_card()
    {
        var (first, second, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        string Card(int number) => $"{_code}-{number}";
        await evaluation.DeliverAsync(new WorkersJoined(_id, [new(first, Card(1), ["ne"]), new(other, Card(3), ["hi"])], Noon));
        // The first one's card is the second's now, the first has a new one; a third shares the message.
        await evaluation.DeliverAsync(new WorkersJoined(_id, [new(second, Card(1), ["ar"]), new(first, Card(2), ["ne"]), new(Guid.NewGuid(), Card(4), []), new(Guid.NewGuid(), Card(4).ToLowerInvariant(), [])],
            Noon.AddDays(2)), times: 2);
        await evaluation.DeliverAsync(new WorkersJoined(_id, [new(other, Card(3), ["hi"]), new(first, Card(1), ["ne"])], Noon.AddDays(1))); // late news

        var known = await evaluation.InDbAsync(db => db.Workers.Where(w => w.FacilityId == _id).OrderBy(w => w.Card).ToListAsync());
        var pseudonyms = evaluation.Services.GetRequiredService<Pseudonyms>();
        Assert.Equal([Card(1), Card(2), Card(3), Card(4)], known.Select(w => w.Card));
        Assert.Equal([second, first, other], known.Take(3).Select(w => w.Id));
        foreach (var worker in known) Assert.Equal(await pseudonyms.OfAsync(worker.Card!, TestContext.Current.CancellationToken), worker.Pseudonym);
    }

    [Fact]
    public async Task Five_hundred_workers_join_at_once_under_pseudonyms_and_move_only_forward_in_time()
    {
        var workers = Enumerable.Range(0, 500).Select(i => new JoinedWorker(Guid.NewGuid(), $"{_code}-{i}", i % 2 == 0 ? ["ne", "en"] : [])).ToList();
        var elsewhere = Guid.NewGuid();
        await evaluation.DeliverAsync(new WorkersJoined(_id, workers, Noon), times: 2);
        await evaluation.DeliverAsync(new WorkersJoined(elsewhere, [workers[0], workers[1]], Noon.AddDays(1)));
        await evaluation.DeliverAsync(new WorkersJoined(_id, [workers[0]], Noon.AddHours(1))); // late news
        await evaluation.DeliverAsync(new WorkersJoined(_id, workers, Noon)); // once more, as another message

        var known = await evaluation.InDbAsync(db => db.Workers.Where(w => w.FacilityId == _id || w.FacilityId == elsewhere).ToListAsync());

        Assert.Equal((498, 2), (known.Count(w => w.FacilityId == _id), known.Count(w => w.FacilityId == elsewhere)));
        Assert.Equal(500, known.Select(w => w.Pseudonym).Distinct().Count());
        Assert.All(known, w => Assert.True(Pseudonyms.IsOne(w.Pseudonym!)));
        Assert.Equal(["ne", "en"], known.Single(w => w.Id == workers[0].WorkerId).Languages);
        Assert.Empty(known.Single(w => w.Id == workers[1].WorkerId).Languages);
    }

    [Fact]
    public async Task A_champion_may_be_named_before_anybody_heard_of_the_worker()
    {
        var worker = Guid.NewGuid();
        await evaluation.DeliverAsync(new ChampionNamed(_id, worker, Noon), times: 2);
        Assert.Equal(_id, await evaluation.InDbAsync(db => db.Champions.Where(c => c.WorkerId == worker).Select(c => c.FacilityId).SingleAsync()));
    }

    [Theory]
    [InlineData("W-000123-C", "w-000123-c "), InlineData("W-000123-C", "https://programme.example/w/W-000123-C"), InlineData("W-000123-C", "https://programme.example/?card=W-000123-C")]
    public async Task However_a_card_is_read_its_pseudonym_is_one(string card, string read)
    {
        var pseudonyms = (Pseudonyms)evaluation.Services.GetService(typeof(Pseudonyms))!;
        var pseudonym = await pseudonyms.OfAsync(card, default);
        Assert.Equal(pseudonym, await pseudonyms.OfAsync(read, default));
        Assert.NotEqual(pseudonym, await pseudonyms.OfAsync("W-000124-C", default));
        Assert.True(Pseudonyms.IsOne(pseudonym));
        Assert.False(Pseudonyms.IsOne(card));
    }

    private Task<Facility> FacilityAsync() => evaluation.InDbAsync(db => db.Facilities.AsNoTracking().SingleAsync(f => f.Id == _id));
}
