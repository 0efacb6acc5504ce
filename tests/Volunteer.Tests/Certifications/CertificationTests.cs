using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Tests.Certifications;

public class CertificationTests(VolunteerApp volunteers)
{
    private DateTimeOffset Now => volunteers.Clock.GetUtcNow();

    private Task<VolunteerView> Seen(Person person) => person.Client.GetAsync<VolunteerView>(Steps.Me);

    [Fact]
    public async Task A_certificate_heard_of_twice_certifies_once_and_shows_until_when_it_counts()
    {
        var person = await volunteers.ScreenedAsync();
        await volunteers.DeliverAsync(new VolunteerCertified(person.Id, Guid.NewGuid(), ["computer-basics"], Now.AddYears(1), Now), times: 2);
        var seen = await Seen(person);

        Assert.Equal(VolunteerState.Certified, seen.State);
        Assert.NotNull(Assert.Single(seen.Certifications).ValidUntil);
    }

    [Fact]
    public async Task A_revocation_that_comes_before_its_certificate_still_revokes_it()
    {
        var (person, certificate) = (await volunteers.ScreenedAsync(), Guid.NewGuid());
        await volunteers.DeliverAsync(new CertificateRevoked(certificate, person.Id, Now), times: 2);
        Assert.Empty((await Seen(person)).Certifications);
        await volunteers.DeliverAsync(new VolunteerCertified(person.Id, certificate, ["computer-basics"], null, Now.AddMinutes(-1)));
        var seen = await Seen(person);

        Assert.Equal(VolunteerState.Screened, seen.State);
        Assert.NotNull(Assert.Single(seen.Certifications).RevokedAt);
    }

    [Fact]
    public async Task Who_loses_the_only_certificate_is_in_training_again()
    {
        var (person, certificate) = (await volunteers.ScreenedAsync(), Guid.NewGuid());
        await volunteers.DeliverAsync(new VolunteerCertified(person.Id, certificate, ["computer-basics"], null, Now));
        await volunteers.DeliverAsync(new CertificateRevoked(certificate, person.Id, Now));

        Assert.Equal(VolunteerState.InTraining, (await Seen(person)).State);
    }

    [Fact]
    public async Task Who_loses_a_certificate_loses_the_places_to_teach_and_keeps_those_that_need_none()
    {
        var (person, basics, rights) = (await volunteers.ScreenedAsync(), Guid.NewGuid(), Guid.NewGuid());
        await volunteers.DeliverAsync(new VolunteerCertified(person.Id, basics, ["computer-basics"], null, Now));
        await volunteers.DeliverAsync(new VolunteerCertified(person.Id, rights, ["labour-rights"], null, Now));
        var (teaching, other) = (await volunteers.OpeningAsync(AssignmentRole.Trainer, topics: ["computer-basics"]), await volunteers.OpeningAsync(AssignmentRole.Trainer, topics: ["labour-rights"]));
        var lost = await volunteers.AssignAsync(teaching, person, volunteers.Shift(24));
        AssignmentView[] kept = [await volunteers.AssignAsync(other, person, volunteers.Shift(48)), await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(72))];

        await volunteers.DeliverAsync(new CertificateRevoked(basics, person.Id, Now), times: 2);

        var ended = await StateAsync(lost);
        Assert.Equal((AssignmentState.Cancelled, "The certificate was revoked."), (ended.State, ended.Why));
        foreach (var assignment in kept) Assert.Equal(AssignmentState.Accepted, (await StateAsync(assignment)).State);
        Assert.Equal(0, (await volunteers.ReadAsync(teaching)).Taken);
        await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == lost.Id);
        Assert.Equal(VolunteerState.Active, (await Seen(person)).State);

        Task<AssignmentView> StateAsync(AssignmentView assignment) => volunteers.Office().GetAsync<AssignmentView>($"{WorkSteps.Assignments}/{assignment.Id}");
    }

    [Fact]
    public async Task A_workers_certificate_is_nothing_to_this_service() =>
        await volunteers.DeliverAsync(new CertificateRevoked(Guid.NewGuid(), Guid.NewGuid(), Now), times: 2);
}
