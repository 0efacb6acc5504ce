using BetterConnections.Contracts;

namespace BetterConnections.Journeys.Tests;

/// <summary>Clients that volunteer, learn to teach, visit and report, and clients that send attendance.</summary>
public sealed class TeachingTraffic(WholeSystem system, School school, Ledger ledger)
{
    /// <summary>One volunteer's way from the application to the report from site.</summary>
    public async Task VolunteerAsync()
    {
        var volunteer = await system.Staff.HireAsync(Roles.Volunteer);
        var id = await volunteer.ApplyAsVolunteerAsync(ledger.Mark);
        ledger.Volunteers.Add(id);
        await system.Office.ScreenAsync(id);

        var course = await school.Partner.WriteDownCourseAsync(ledger.Mark);
        ledger.Marks.Add(await school.Partner.MarkAsync(course.Id, $"{id}"));
        await school.Partner.DeliverAsync(course.Id);
        ledger.Delivered.Add(course.Id);
        await volunteer.PassAsync(school.Quizzes);
        await volunteer.CertifiedAsync();

        var assignment = await volunteer.TakeTrainersPlaceAsync(system.Office, id, school.Facility);
        ledger.Assignments.Add(assignment);
        ledger.Visits.Add(await volunteer.VisitAsync(system.Office, assignment));
        ledger.Problems.Add(await volunteer.ReportSiteAsync(school.Facility));
    }

    /// <summary>A worker joins and learns; one session of an hour completes the course.</summary>
    public async Task TeachAsync()
    {
        var card = $"{ledger.Mark}-{Guid.NewGuid():n}"[..30].ToUpperInvariant();
        (await school.JoinAsync(card)).Read();
        var session = await school.WriteDownSessionAsync();
        ledger.Marks.Add(await school.Partner.MarkAsync(session.Id, card));
        await school.Partner.DeliverAsync(session.Id);
        ledger.Delivered.Add(session.Id);
        ledger.Cards.Add(card); // only now: a backup may be taken in between
    }
}
