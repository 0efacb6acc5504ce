using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.WholeSystems;

/// <summary>An open facility where workers learn, which all journeys share, and the training partner who teaches there.</summary>
public sealed class School(WholeSystem system)
{
    private const string WorkersTopic = "keeping-in-touch";

    /// <summary>What workers learn here, and volunteers who come to teach.</summary>
    public static readonly IReadOnlyList<string> Topics = [WorkersTopic, "teaching-adults"];

    private readonly DateTimeOffset _began = DateTimeOffset.UtcNow;
    private readonly Lock _opening = new();
    private Task<School>? _opened;
    private int _hours;

    public Guid Facility { get; private set; }
    public Person Partner { get; private set; } = null!;
    public IReadOnlyList<Quiz> Quizzes { get; private set; } = [];

    /// <summary>Opens it the first time.</summary>
    public Task<School> OpenAsync()
    {
        lock (_opening) return _opened ??= FromApplicationAsync();
    }

    /// <summary>A worker joins with this card.</summary>
    public Task<Answer> JoinAsync(string card) =>
        system.Office.TryPostAsync($"/api/enrollment/facilities/{Facility}/workers", new { languages = new[] { "hi" }, code = card, consents = new[] { "Training" } });

    /// <summary>A session in an hour of the last weeks in which the room is free. What was held without a plan is written down later.</summary>
    public Task<TrainingSteps.Session> WriteDownSessionAsync()
    {
        var starts = _began.AddHours(-2 - Interlocked.Increment(ref _hours)); // the last two hours are left free
        return Partner.PlanAsync(new
        {
            topic = WorkersTopic,
            audience = "Workers",
            language = "hi",
            facilityId = Facility,
            starts,
            ends = starts.AddHours(1),
            seats = 10,
            byTrainingPartner = true,
        });
    }

    private async Task<School> FromApplicationAsync()
    {
        Partner = await system.Staff.HireAsync(Roles.TrainingPartner);
        Quizzes = await Partner.QuizzesAsync();
        var (employer, warehouse) = (await system.Staff.ApprovedEmployerAsync(), await system.Staff.WarehouseAsync());
        Facility = (await employer.ApplyAsync(await employer.AddSiteAsync("School", facilities: 1))).Id;
        await system.Office.AssessNeedsAsync(Facility);
        await employer.PrepareSpaceAsync(system.Office, Facility);
        await system.Office.DeclareSpaceReadyAsync(Facility);
        await warehouse.StockKitForAsync(system.Office, Facility);
        var (shipment, devices) = await warehouse.DispatchAsync(Facility);
        await warehouse.ReceiveAsync(shipment, devices);
        await system.Office.BecomesAsync(Facility, "KitDelivered");
        await system.Office.OpenAsync(Facility);
        await Eventually.BecomesAsync(() => Partner.TryGetAsync($"/api/training/facilities/{Facility}"), answer => answer.IsDone && answer.Body.Contains("\"workingComputers\":10"),
            TimeSpan.FromMinutes(1));
        return this;
    }
}
