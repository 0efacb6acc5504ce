using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.Tests;

public class VolunteerRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Act Act = new("test", Now);

    private static Volunteer Screened()
    {
        var volunteer = Volunteer.Apply("account", "V-000001", Steps.Details(), new(), Now);
        volunteer.Accept(Act);
        return volunteer;
    }

    [Fact]
    public void A_certificate_counts_from_its_day_until_it_expires()
    {
        var volunteer = Screened();
        volunteer.Certify(Guid.NewGuid(), ["computer-basics"], Now.AddDays(10), Act);

        Assert.Equal(["computer-basics"], volunteer.CertifiedTopics(Now));
        Assert.Empty(volunteer.CertifiedTopics(Now.AddSeconds(-1)));
        Assert.Empty(volunteer.CertifiedTopics(Now.AddDays(10)));
    }

    [Fact]
    public void Who_lacks_a_certificate_for_one_of_the_topics_is_not_certified_for_them()
    {
        var volunteer = Screened();
        Assert.Equal("volunteer_not_certified", Assert.Throws<RuleBroken>(() => volunteer.RequireCertified([], Now)).Code);
        volunteer.Certify(Guid.NewGuid(), ["computer-basics"], null, Act);

        volunteer.RequireCertified([], Now);
        volunteer.RequireCertified(["computer-basics"], Now.AddYears(50));
        Assert.Equal("volunteer_not_certified", Assert.Throws<RuleBroken>(() => volunteer.RequireCertified(["computer-basics", "labour-rights"], Now)).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_revoked_certificate_never_counts_whichever_is_heard_first(bool revocationFirst)
    {
        var (volunteer, id) = (Screened(), Guid.NewGuid());
        Action[] heard = [() => volunteer.Certify(id, ["computer-basics"], null, Act), () => volunteer.Revoke(id, Act)];
        foreach (var step in revocationFirst ? heard.Reverse() : heard) step();

        Assert.Empty(volunteer.CertifiedTopics(Now));
        Assert.NotEqual(VolunteerState.Certified, volunteer.State);
        Assert.Single(volunteer.Certifications);
    }

    [Fact]
    public void Losing_one_of_two_certificates_leaves_the_volunteer_certified()
    {
        var (volunteer, first) = (Screened(), Guid.NewGuid());
        volunteer.Certify(first, ["computer-basics"], null, Act);
        volunteer.Certify(Guid.NewGuid(), ["labour-rights"], null, Act);
        volunteer.Revoke(first, Act);

        Assert.Equal(VolunteerState.Certified, volunteer.State);
        Assert.Equal(["labour-rights"], volunteer.CertifiedTopics(Now));
    }

    [Fact]
    public void Work_is_taken_up_only_by_who_was_accepted_and_has_not_stopped()
    {
        var applied = Volunteer.Apply("account", "V-000001", Steps.Details(), new(), Now);
        Assert.Equal("volunteer_not_screened", Assert.Throws<RuleBroken>(() => applied.TakeUpWork(Act)).Code);
        var stopped = Screened();
        stopped.Deactivate(Act);
        Assert.Equal("volunteer_inactive", Assert.Throws<RuleBroken>(() => stopped.TakeUpWork(Act)).Code);

        var screened = Screened();
        screened.TakeUpWork(Act);
        screened.TakeUpWork(Act);
        Assert.Equal((VolunteerState.Active, 3), (screened.State, screened.HistoryLength));
    }
}
