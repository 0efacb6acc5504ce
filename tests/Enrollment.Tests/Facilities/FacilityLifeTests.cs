using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Sites;
using BetterConnections.ServiceDefaults;
using FsCheck;
using FsCheck.Fluent;
using static BetterConnections.Enrollment.Facilities.FacilityState;

namespace BetterConnections.Enrollment.Tests.Facilities;

public class FacilityLifeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Act Somebody = new("test", Start);

    /// <summary>Every verb, and the states from which it leads where; from all others it is refused.</summary>
    private static readonly (string Verb, Action<Facility> Do, FacilityState To, FacilityState[] From)[] Verbs =
    [
        ("assess needs", f => f.NeedsAssessed(Somebody), NeedsAssessed, [Applied]),
        ("prepare", f => f.Prepare(Somebody), SpaceInPreparation, [NeedsAssessed, SpaceInPreparation]),
        ("space ready", f => f.SpaceReady(Somebody), SpaceReady, [SpaceInPreparation]),
        ("open", f => f.Open(7, Somebody), Open, [KitDelivered]),
        ("suspend", f => f.Suspend(Somebody), Suspended, [Open]),
        ("resume", f => f.Resume(Somebody), Open, [Suspended]),
        ("close", f => f.Close(Somebody), Closed, [Open, Suspended]),
        ("withdraw", f => f.Withdraw(Somebody), Withdrawn,
            [Applied, NeedsAssessed, SpaceInPreparation, SpaceReady, KitReserved, KitInTransit, KitDelivered]),
    ];

    public static TheoryData<string, FacilityState> EveryVerbInEveryState() =>
        [.. from verb in Verbs from state in Enum.GetValues<FacilityState>() select (verb.Verb, state)];

    [Theory]
    [MemberData(nameof(EveryVerbInEveryState))]
    public void A_verb_works_where_the_life_allows_it_and_is_refused_without_a_trace_elsewhere(string name, FacilityState state)
    {
        var (_, act, to, from) = Verbs.Single(v => v.Verb == name);
        var facility = New().Bring(state, Somebody);
        var before = facility.History.Count;

        if (from.Contains(state))
        {
            act(facility);
            Assert.Equal(to, facility.State);
        }
        else
        {
            Assert.Equal("state_forbids", Assert.Throws<RuleBroken>(() => act(facility)).Code);
            Assert.Equal((state, before), (facility.State, facility.History.Count));
        }
    }

    [Theory]
    [InlineData(new[] { KitReserved, KitInTransit, KitDelivered }, KitDelivered)]
    [InlineData(new[] { KitDelivered, KitInTransit, KitReserved }, KitDelivered)]
    [InlineData(new[] { KitInTransit, KitReserved }, KitInTransit)]
    [InlineData(new[] { KitReserved, KitReserved }, KitReserved)]
    public void The_kit_is_followed_forward_only_whatever_the_order(FacilityState[] told, FacilityState end)
    {
        var facility = New().Bring(SpaceReady, Somebody);

        foreach (var state in told) facility.FollowKit(state, Guid.NewGuid(), Somebody);

        Assert.Equal(end, facility.State);
    }

    [Theory]
    [InlineData(Applied)]
    [InlineData(SpaceInPreparation)]
    [InlineData(Open)]
    [InlineData(Closed)]
    [InlineData(Withdrawn)]
    public void What_is_told_of_a_kit_changes_nothing_before_the_space_is_ready_or_after_the_delivery(FacilityState state)
    {
        var facility = New().Bring(state, Somebody);
        var before = facility.History.Count;

        facility.FollowKit(KitDelivered, Guid.NewGuid(), Somebody);
        facility.Wait("short of 3 computers", Somebody);

        Assert.Equal((state, before, null), (facility.State, facility.History.Count, facility.WaitingReason));
    }

    [Fact]
    public void The_reason_for_waiting_is_the_latest_and_goes_when_the_kit_is_reserved()
    {
        var facility = New().Bring(SpaceReady, Somebody);

        facility.Wait("short of 3 computers", new Act("stock", Start.AddHours(2)));
        facility.Wait("short of 5 computers", new Act("stock", Start.AddHours(1)));
        Assert.Equal("short of 3 computers", facility.WaitingReason);

        facility.FollowKit(KitReserved, Guid.NewGuid(), Somebody);
        Assert.Null(facility.WaitingReason);
    }

    [Fact]
    public void A_facility_is_for_its_even_share_of_the_residents()
    {
        Assert.Equal(800, New(residents: 800).Residents);
        Assert.Equal(566, New(residents: 1700).Residents);
        Assert.Equal(1, New(residents: 1).Residents);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(800, 1)]
    [InlineData(801, 2)]
    [InlineData(2400, 3)]
    public void A_site_may_have_one_facility_for_each_begun_eight_hundred_residents(int residents, int most) =>
        Assert.Equal(most, SiteWith(residents).MostFacilities(Steps.Qatar));

    /// <summary>Four facilities, any verbs and kit events in any order: a command is the facility's index and what happens to it.</summary>
    [Fact]
    public void Whatever_happens_numbers_are_gapless_kept_and_life_goes_forward() => Prop.ForAll(
        Gen.Choose(0, 3).SelectMany(facility => Gen.Choose(0, Verbs.Length + 3).Select(command => (facility, command))).ArrayOf(200).ToArbitrary(), commands =>
    {
        var (facilities, last) = (Enumerable.Range(0, 4).Select(_ => New()).ToArray(), 0);
        foreach (var (index, command) in commands)
        {
            var facility = facilities[index];
            var (state, number) = (facility.State, facility.OpeningNumber);
            try
            {
                if (command >= Verbs.Length + 3) facility.Wait("stock is short", Somebody);
                else if (command >= Verbs.Length) facility.FollowKit(KitReserved + (command - Verbs.Length), Guid.NewGuid(), Somebody);
                else if (Verbs[command].Verb == "open")
                {
                    facility.Open(last + 1, Somebody);
                    last++; // as the transaction does: only when the opening was not refused
                }
                else Verbs[command].Do(facility);
            }
            catch (RuleBroken)
            {
                Assert.Equal((state, number), (facility.State, facility.OpeningNumber));
            }
            Assert.True(facility.State >= state || (state, facility.State) == (Suspended, Open), $"{state} became {facility.State}");
            Assert.True(number is null || number == facility.OpeningNumber);
        }

        Assert.Equal(Enumerable.Range(1, last), facilities.Select(f => f.OpeningNumber).OfType<int>().Order());
        foreach (var facility in facilities)
        {
            Assert.Equal(Enumerable.Range(1, facility.HistoryLength), facility.History.Select(h => h.Seq));
            Assert.All(facility.History.Zip(facility.History.Skip(1)), pair => Assert.Equal(pair.First.ToState, pair.Second.FromState));
            Assert.Equal(facility.State, facility.History[^1].ToState);
        }
    }).QuickCheckThrowOnFailure();

    private static Facility New(int residents = 800) => Facility.Apply(1, SiteWith(residents), Steps.Qatar, Somebody);

    private static Site SiteWith(int residents) => Site.Add(Guid.NewGuid(), Steps.Site(residents), Steps.Qatar, Start);
}
