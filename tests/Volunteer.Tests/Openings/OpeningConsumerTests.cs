using BetterConnections.Contracts;
using BetterConnections.Volunteers.Facilities;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Tests.Openings;

public class OpeningConsumerTests(VolunteerApp volunteers)
{
    private readonly Guid _facility = Guid.NewGuid();
    private DateTimeOffset Now => volunteers.Clock.GetUtcNow();

    [Fact]
    public async Task An_application_asks_for_an_assessor_once_with_what_is_known_of_the_place()
    {
        await volunteers.DeliverAsync(Applied(), times: 2);

        var opening = Assert.Single(await volunteers.OpeningsAtAsync(_facility));
        Assert.Equal((AssignmentRole.Assessor, OpeningState.Open, "57", 25.2), (opening.Role, opening.State, opening.Zone, opening.Latitude!.Value));
        Assert.Equal(30, (opening.Ends - opening.Starts).TotalDays);
    }

    [Fact]
    public async Task Each_step_of_a_facility_asks_for_the_next_role_and_closes_what_is_done()
    {
        await volunteers.DeliverAsync(Applied());
        await volunteers.DeliverAsync(Assessed(), times: 2);
        await volunteers.DeliverAsync(Ready(), times: 2);
        await volunteers.DeliverAsync(new KitDispatched(_facility, _facility, Guid.NewGuid(), Now), times: 2);
        await volunteers.DeliverAsync(new KitDispatched(_facility, _facility, Guid.NewGuid(), Now));

        Assert.Equal([(AssignmentRole.Assessor, OpeningState.Closed), (AssignmentRole.Inspector, OpeningState.Closed), (AssignmentRole.Installer, OpeningState.Open)],
            (await volunteers.OpeningsAtAsync(_facility)).Select(o => (o.Role, o.State)));
    }

    [Fact]
    public async Task An_open_facility_asks_for_a_trainer_per_main_language_and_a_monitor()
    {
        await volunteers.DeliverAsync(volunteers.Opened(_facility, ["ne", "hi", "bn"], ["labour-rights"]), times: 2);

        var openings = (await volunteers.OpeningsAtAsync(_facility)).OrderBy(o => o.Number);
        Assert.Equal([("opened:ne", AssignmentRole.Trainer, "ne", "labour-rights"), ("opened:hi", AssignmentRole.Trainer, "hi", "labour-rights"), ("opened", AssignmentRole.Monitor, "ne hi bn", "")],
            openings.Select(o => (o.Cause, o.Role, string.Join(' ', o.Languages), string.Join(' ', o.Topics))));
    }

    [Theory]
    [InlineData(2, "ne", "ne:2")]
    [InlineData(3, "ne hi", "ne:2 hi:1")]
    [InlineData(2, "ne hi bn", "ne:1 hi:1")]
    [InlineData(2, "", "")]
    public void Trainers_are_shared_over_the_languages_the_most_spoken_first(int trainers, string languages, string shared) =>
        Assert.Equal(shared, string.Join(' ', AskForTrainersWhenFacilityOpened.Shared(trainers, languages.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(s => $"{s.Language}:{s.People}")));

    [Fact]
    public async Task News_in_the_wrong_order_ask_for_nobody_who_is_not_needed_any_more()
    {
        await volunteers.DeliverAsync(volunteers.Opened(_facility));
        await volunteers.DeliverAsync(new KitDispatched(_facility, _facility, Guid.NewGuid(), Now.AddDays(-5)));
        await volunteers.DeliverAsync(Ready());
        await volunteers.DeliverAsync(Assessed(at: Now.AddDays(-30), languages: ["tl"]));
        await volunteers.DeliverAsync(Applied());

        var openings = await volunteers.OpeningsAtAsync(_facility);
        Assert.DoesNotContain(openings, o => o.Role is AssignmentRole.Assessor or AssignmentRole.Inspector or AssignmentRole.Installer);
        Assert.Equal(["hi", "ne"], (await FacilityAsync()).Languages); // what is older does not replace what is newer
    }

    [Fact]
    public async Task A_resumption_that_arrives_before_its_suspension_stands()
    {
        await volunteers.DeliverAsync(new FacilityResumed(_facility, Now.AddMinutes(2)));
        await volunteers.DeliverAsync(new FacilitySuspended(_facility, "flooded", Now.AddMinutes(1)));
        await volunteers.DeliverAsync(volunteers.Opened(_facility));
        Assert.Equal(FacilityState.Open, (await FacilityAsync()).State);

        await volunteers.DeliverAsync(new FacilitySuspended(_facility, "flooded again", Now.AddMinutes(3)), times: 2);
        Assert.All(await volunteers.OpeningsAtAsync(_facility), o => Assert.Equal(FacilityState.Suspended, o.FacilityState));
        await volunteers.DeliverAsync(new FacilityResumed(_facility, Now.AddMinutes(4)), times: 2);
        Assert.Equal(FacilityState.Open, (await FacilityAsync()).State);
    }

    [Fact]
    public async Task A_wave_asks_for_a_monitor_at_each_of_its_facilities_while_it_is_open()
    {
        var (wave, other, opens) = (Guid.NewGuid(), Guid.NewGuid(), volunteers.In(24));

        await volunteers.DeliverAsync(new WaveOpened(wave, "W1", ["endline"], [_facility, other], opens, opens.AddDays(14), Now), times: 2);

        foreach (var facility in new[] { _facility, other })
        {
            var opening = Assert.Single(await volunteers.OpeningsAtAsync(facility));
            Assert.Equal((AssignmentRole.Monitor, $"wave:{wave}", 14d), (opening.Role, opening.Cause, (opening.Ends - opening.Starts).TotalDays));
        }
    }

    [Fact]
    public async Task A_refresher_asks_for_a_trainer_of_that_topic_once_a_wave()
    {
        var facility = await volunteers.OpenFacilityAsync();
        var needed = new RefresherNeeded(Guid.NewGuid(), facility, "money-transfer", 25, Now);

        await volunteers.DeliverAsync(needed, times: 2);
        await volunteers.DeliverAsync(needed with { Workers = 26 });

        var opening = Assert.Single(await volunteers.OpeningsAtAsync(facility), o => o.Cause.StartsWith("refresher:", StringComparison.Ordinal));
        Assert.Equal((AssignmentRole.Trainer, "money-transfer"), (opening.Role, string.Join(' ', opening.Topics)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_facility_that_ends_cancels_what_is_open_and_nothing_opens_there_later(bool closed)
    {
        await volunteers.DeliverAsync(Applied());
        if (closed) await volunteers.DeliverAsync(new FacilityClosed(_facility, "moved away", Now), times: 2);
        else await volunteers.DeliverAsync(new FacilityWithdrawn(_facility, "moved away", Now), times: 2);
        await volunteers.DeliverAsync(volunteers.Opened(_facility));

        var opening = Assert.Single(await volunteers.OpeningsAtAsync(_facility));
        Assert.Equal((OpeningState.Cancelled, "moved away"), (opening.State, opening.Why));
    }

    private FacilityApplied Applied() => new(_facility, "F7001", Guid.NewGuid(), Guid.NewGuid(), "57", 800, Now, 25.2, 51.4);
    private FacilityNeedsAssessed Assessed(DateTimeOffset? at = null, string[]? languages = null) => new(_facility, "F7001", languages ?? ["hi"], ["computer-basics"], at ?? Now);
    private FacilitySpaceReady Ready() => new(_facility, "F7001", "57", 0, 10, 1, Now);
    private Task<Facility> FacilityAsync() => volunteers.InDbAsync(async db => (await db.Facilities.FindAsync(_facility))!);
}
