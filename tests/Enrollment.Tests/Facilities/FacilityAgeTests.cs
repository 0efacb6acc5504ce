using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Facilities;

/// <summary>Moves the clock, so it has a service of its own.</summary>
public class FacilityAgeTests(FreshEnrollmentApp enrollment) : IClassFixture<FreshEnrollmentApp>
{
    [Fact]
    public async Task The_summary_counts_facilities_by_state_and_by_how_long_they_have_been_in_it()
    {
        var owner = await enrollment.EmployerAsync();
        var oldest = enrollment.Clock.GetUtcNow();
        await enrollment.FacilitiesInAsync(FacilityState.SpaceReady, 2, owner);
        enrollment.Clock.Advance(TimeSpan.FromDays(60));
        await enrollment.FacilitiesInAsync(FacilityState.SpaceReady, 1, owner);
        enrollment.Clock.Advance(TimeSpan.FromDays(30));
        await enrollment.FacilitiesInAsync(FacilityState.SpaceReady, 1, owner);
        await enrollment.FacilitiesInAsync(FacilityState.Applied, 1, owner);
        await enrollment.FacilitiesInAsync(FacilityState.Applied, 1, await enrollment.EmployerAsync());

        var seen = await owner.Client.GetAsync<List<FacilitiesInState>>("/api/enrollment/facilities/summary");

        Assert.Equal([FacilityState.Applied, FacilityState.SpaceReady], seen.Select(s => s.State));
        Assert.Equal((1, 1), (seen[0].Facilities, seen[0].UnderSevenDays)); // the other employer's is not its
        Assert.Equal((4, 1, 0, 1, 2), (seen[1].Facilities, seen[1].UnderSevenDays, seen[1].UnderThirtyDays, seen[1].UnderNinetyDays, seen[1].NinetyDaysAndOver));
        Assert.Equal(oldest, seen[1].OldestSince, TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await enrollment.As(Roles.ProgrammeOffice).GetAsync<List<FacilitiesInState>>("/api/enrollment/facilities/summary"))[0].Facilities);
    }
}
