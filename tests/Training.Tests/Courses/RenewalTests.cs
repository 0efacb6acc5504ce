using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Courses;

public class RenewalTests(FreshTrainingApp training) : IClassFixture<FreshTrainingApp>
{
    [Fact]
    public async Task A_volunteer_is_certified_renews_before_the_end_with_a_new_certificate_and_after_a_revocation_by_training_again()
    {
        var topic = Classroom.Topic();
        await training.CourseAsync(topic, new(Minutes: 60), Audience.Volunteers, validMonths: 12, certifies: ["labour-rights", "money-transfer"]);
        var volunteer = await training.VolunteerAsync();
        Task AttendAsync() => training.AttendAsync(topic, 60, [volunteer.VolunteerId], Audience.Volunteers, training.Clock.GetUtcNow().AddMinutes(-1));

        await AttendAsync();
        var first = Assert.Single(await training.CertificatesOfAsync(volunteer.VolunteerId));
        var told = await training.Broker.HeardAsync<VolunteerCertified>(e => e.CertificateId == first.Id);
        Assert.Equal((volunteer.VolunteerId, first.ValidUntil), (told.VolunteerId, told.ValidUntil));
        Assert.Equal(["labour-rights", "money-transfer"], told.Topics);

        training.Clock.Advance(TimeSpan.FromDays(150)); // seven months to go: too early
        await AttendAsync();
        Assert.Single(await training.CertificatesOfAsync(volunteer.VolunteerId));

        training.Clock.Advance(TimeSpan.FromDays(60)); // five
        var missing = Assert.Single((await ProgressAsync(volunteer.Account)).Courses, c => c.CertificateId == first.Id).Missing;
        Assert.Equal(new Lack("minutes", 0, 60), Assert.Single(missing));
        await AttendAsync();
        await AttendAsync();
        var certificates = await training.CertificatesOfAsync(volunteer.VolunteerId);
        Assert.Equal(2, certificates.Count);
        Assert.Equal(certificates[1].IssuedAt.AddMonths(12), certificates[1].ValidUntil);
        await training.Broker.HeardAsync<VolunteerCertified>(e => e.CertificateId == certificates[1].Id);

        Assert.True((await training.As(Roles.TrainingPartner).PostAsync($"/api/training/certificates/{certificates[1].Id}/revoke", new { reason = "Misconduct." })).IsSuccessStatusCode);
        training.Clock.Advance(TimeSpan.FromHours(12));
        await AttendAsync();
        Assert.Equal(3, (await training.CertificatesOfAsync(volunteer.VolunteerId)).Count);
        Assert.Equal([1, 2, 3], await training.InDbAsync(db => db.Completions.Where(c => c.LearnerId == volunteer.VolunteerId).OrderBy(c => c.Round).Select(c => c.Round).ToListAsync()));
        Assert.Single(training.Broker.Heard<CourseCompleted>(e => e.LearnerId == volunteer.VolunteerId));
    }

    private Task<LearnerProgress> ProgressAsync(string account) => training.As(Roles.Volunteer, subject: account).GetAsync<LearnerProgress>("/api/training/progress/mine");
}
