using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Donations;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Tests.Donations;

public class DonationLifeTests
{
    private static readonly Act Act = new("somebody", DateTimeOffset.UnixEpoch);

    private static Donation Offered() => Donation.Offer(Guid.NewGuid(), "Computers", 10, null, Act);

    [Fact]
    public void A_donor_may_bring_the_devices_itself()
    {
        var donation = Offered();
        donation.Accept(null, Act);
        donation.Receive(Act);
        Assert.Equal([DonationState.Offered, DonationState.Accepted, DonationState.Received], donation.History.Select(h => h.State));
    }

    [Fact]
    public void Devices_that_come_later_are_noted_and_do_not_change_since_when_it_is_received()
    {
        var donation = Offered();
        donation.Accept(null, Act);
        donation.Receive(Act);
        donation.Receive(Act with { At = Act.At.AddDays(1) });
        Assert.Equal(Act.At, donation.StateSince);
        Assert.Equal(4, donation.History.Count);
    }

    [Fact]
    public void What_is_on_its_way_or_here_is_not_declined_and_nothing_is_collected_before_it_is_accepted()
    {
        var donation = Offered();
        Assert.Equal("state_forbids", Assert.Throws<RuleBroken>(() => donation.Collect(Act)).Code);
        donation.Accept(null, Act);
        donation.Collect(Act);
        Assert.Equal("state_forbids", Assert.Throws<RuleBroken>(() => donation.Decline(Act)).Code);
    }
}
