using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Account.Ledger;
using BetterConnections.Evaluation.Assignments;
using BetterConnections.Evaluation.Collectors;
using BetterConnections.Evaluation.ExternalStudies;
using BetterConnections.Evaluation.Frame;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Sampling;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Evaluation.Webhooks;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation;

public sealed class EvaluationDb(DbContextOptions<EvaluationDb> options) : DbContext(options)
{
    public DbSet<Instrument> Instruments => Set<Instrument>();
    public DbSet<InstrumentVersion> InstrumentVersions => Set<InstrumentVersion>();
    public DbSet<InstrumentFile> InstrumentFiles => Set<InstrumentFile>();
    public DbSet<Facility> Facilities => Set<Facility>();
    public DbSet<Worker> Workers => Set<Worker>();
    public DbSet<Champion> Champions => Set<Champion>();
    public DbSet<Collector> Collectors => Set<Collector>();
    public DbSet<Volunteer> Volunteers => Set<Volunteer>();
    public DbSet<Submission> Submissions => Set<Submission>();
    public DbSet<SubmissionAttachment> SubmissionAttachments => Set<SubmissionAttachment>();
    public DbSet<Fact> Facts => Set<Fact>();
    public DbSet<FigureMonth> FigureMonths => Set<FigureMonth>();
    public DbSet<LedgerAccount> LedgerAccounts => Set<LedgerAccount>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<LedgerLine> LedgerLines => Set<LedgerLine>();
    public DbSet<ValuationRate> ValuationRates => Set<ValuationRate>();
    public DbSet<StoredDefinition> IndicatorDefinitions => Set<StoredDefinition>();
    public DbSet<Analysis> Analyses => Set<Analysis>();
    public DbSet<Result> Results => Set<Result>();
    public DbSet<AnalysisDistributions> Distributions => Set<AnalysisDistributions>();
    public DbSet<Publication> Publications => Set<Publication>();
    public DbSet<Wave> Waves => Set<Wave>();
    public DbSet<WaveFacility> WaveFacilities => Set<WaveFacility>();
    public DbSet<CohortFacility> CohortFacilities => Set<CohortFacility>();
    public DbSet<AnalysisPlan> AnalysisPlans => Set<AnalysisPlan>();
    public DbSet<WaveSnapshot> WaveSnapshots => Set<WaveSnapshot>();
    public DbSet<SnapshotSubmission> SnapshotSubmissions => Set<SnapshotSubmission>();
    public DbSet<SnapshotErasure> SnapshotErasures => Set<SnapshotErasure>();
    public DbSet<Sample> Samples => Set<Sample>();
    public DbSet<SampleCluster> SampleClusters => Set<SampleCluster>();
    public DbSet<SampleMember> SampleMembers => Set<SampleMember>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<ExternalStudy> ExternalStudies => Set<ExternalStudy>();
    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    // Views: as sets they would be given tables by their names.
    public IQueryable<AssignmentStatus> AssignmentStates => Set<AssignmentStatus>();
    public IQueryable<SubmissionFlags> SubmissionFlags => Set<SubmissionFlags>();
    public IQueryable<FacilityProgress> FacilityProgress => Set<FacilityProgress>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<Enum>().HaveConversion<string>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(EvaluationDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
