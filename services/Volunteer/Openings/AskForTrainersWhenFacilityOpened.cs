using BetterConnections.Contracts;
using BetterConnections.Volunteers.Facilities;
using MassTransit;

namespace BetterConnections.Volunteers.Openings;

/// <summary>Trainers, one for each main language as far as they go, and a monitor; what came before opening is done.</summary>
public sealed class AskForTrainersWhenFacilityOpened(VolunteerDb db, VolunteeringSettings settings) : IConsumer<FacilityOpened>
{
    private const string By = nameof(AskForTrainersWhenFacilityOpened);

    public async Task Consume(ConsumeContext<FacilityOpened> context)
    {
        var (opened, cancel) = (context.Message, context.CancellationToken);
        var facility = await db.LockFacilityAsync(opened.FacilityId, cancel);
        facility.Describe(opened.Code, opened.Zone, opened.Latitude, opened.Longitude);
        facility.Assess(opened.Languages, opened.Topics, opened.At);
        facility.Open(opened.At);
        await db.CloseOpenAsync(facility, [AssignmentRole.Assessor, AssignmentRole.Inspector, AssignmentRole.Installer], "The facility is open.", opened.At, cancel);

        var trainer = OpenNeeds.Of(AssignmentRole.Trainer, facility, settings, opened.At);
        foreach (var (language, people) in Shared(settings.TrainersPerFacility, facility.Languages))
        {
            await db.OpenAsync(facility, $"opened:{language}", trainer with { Languages = [language], People = people }, By, opened.At, cancel);
            await db.SaveChangesAsync(cancel); // its number before the next one's: the most spoken language stands first
        }
        await db.OpenAsync(facility, "opened", OpenNeeds.Of(AssignmentRole.Monitor, facility, settings, opened.At), By, opened.At, cancel);
    }

    /// <summary>So many trainers over the languages, the most spoken first and again when there are fewer languages than trainers.</summary>
    internal static IEnumerable<(string Language, int People)> Shared(int trainers, IReadOnlyList<string> languages) =>
        Enumerable.Range(0, languages.Count == 0 ? 0 : trainers).GroupBy(i => languages[i % languages.Count], (language, each) => (language, each.Count()));
}
