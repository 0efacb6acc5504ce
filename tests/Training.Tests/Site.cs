using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Tests;

/// <summary>An open facility of a test's own, made as the system learns of one: by events.</summary>
public sealed class Site
{
    public const string Basics = "computer-basics", Money = "money-transfer";

    private static readonly DateTimeOffset Now = new(DateTime.UtcNow.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
    private readonly TrainingApp _app;

    private Site(TrainingApp app) => (_app, Partner) = (app, app.As(Roles.TrainingPartner));

    public Guid Id { get; } = Guid.NewGuid();
    public string Code { get; } = $"F{Guid.NewGuid():n}"[..10].ToUpperInvariant();
    public string Zone { get; } = $"Zone {Guid.NewGuid():n}";
    public Guid Employer { get; } = Guid.NewGuid();
    public HttpClient Partner { get; }

    /// <summary>So many hours from now, in whole minutes as plans are; "now" is the same for the whole run, so that two calls agree.</summary>
    public static DateTimeOffset In(double hours) => Now.AddHours(hours);

    public FacilityOpened Opened(DateTimeOffset at) => new(Id, Code, Employer, 1, Zone, 25.2867, 51.5333, 800, ["hi", "ne"], [Basics], at);

    public static async Task<Site> OpenAsync(TrainingApp app, int computers = 10)
    {
        var site = new Site(app);
        await app.DeliverAsync(new KitDelivered(Guid.NewGuid(), site.Id, computers, 1, In(-48)));
        await app.DeliverAsync(site.Opened(In(-24)));
        return site;
    }

    public static Site NotYetOpen(TrainingApp app) => new(app);

    /// <summary>A volunteer who speaks English, Hindi and Nepali and may teach here at any hour from a month ago for three months.</summary>
    public async Task<Trainer> TrainerAsync(params string[] topics)
    {
        var trainer = new Trainer(Guid.NewGuid(), $"volunteer-{Guid.NewGuid():n}", Guid.NewGuid(), _app);
        await AssignAsync(trainer, topics);
        return trainer;
    }

    public Task AssignAsync(Trainer trainer, params string[] topics) => _app.DeliverAsync(new AssignmentAccepted(trainer.AssignmentId, trainer.Id, trainer.Account, Id,
        AssignmentRoles.Trainer, ["en", "hi", "ne"], topics.Length == 0 ? [Basics] : topics, In(-31 * 24), In(60 * 24), In(-31 * 24)));

    public async Task<IReadOnlyList<JoinedWorker>> WorkersAsync(int count)
    {
        JoinedWorker[] workers = [.. Enumerable.Range(0, count).Select(_ => new JoinedWorker(Guid.NewGuid(), $"W-{Guid.NewGuid():n}"[..20].ToUpperInvariant(), ["hi", "en"]))];
        foreach (var chunk in workers.Chunk(500)) await _app.DeliverAsync(new WorkersJoined(Id, chunk, In(-20)));
        return workers;
    }

    /// <summary>A request to plan a session here: computer basics in Hindi for workers, tomorrow for two hours, taught by the training partner unless said otherwise.</summary>
    public object Session(double starts = 24, double hours = 2, int seats = 10, string topic = Basics, Trainer? trainer = null, bool byPartner = true) => new
    {
        topic,
        audience = "Workers",
        language = "hi",
        facilityId = Id,
        trainerId = trainer?.Id,
        byTrainingPartner = trainer is null && byPartner,
        starts = In(starts),
        ends = In(starts + hours),
        seats,
    };

    public Task<SessionView> PlanAsync(double starts = 24, double hours = 2, int seats = 10, string topic = Basics, Trainer? trainer = null, bool byPartner = true) =>
        Partner.PostAsync<SessionView>("/api/training/sessions", Session(starts, hours, seats, topic, trainer, byPartner));

    public Task<HttpResponseMessage> TryPlanAsync(object request) => Partner.PostAsync("/api/training/sessions", request);
}

/// <summary>A volunteer as the tests know one.</summary>
public sealed class Trainer(Guid id, string account, Guid assignmentId, TrainingApp app)
{
    public Guid Id => id;
    public string Account => account;
    public Guid AssignmentId => assignmentId;
    public HttpClient Client { get; } = app.As(Roles.Volunteer, subject: account);
}
