using BetterConnections.Contracts;
using BetterConnections.Evaluation.Assignments;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

public static class WavesApi
{
    public static void AddWaves(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(WaveSettings.Read(builder.Configuration));
        builder.Services.AddScoped<CohortWaves>();
        builder.Services.AddSingleton<WavesAdvance>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WavesAdvance>());
        builder.Services.AddSingleton<InterviewReminders>();
        builder.Services.AddHostedService(services => services.GetRequiredService<InterviewReminders>());
    }

    public static void MapWaves(this IEndpointRouteBuilder app)
    {
        var waves = app.MapGroup("/api/evaluation/waves").WithTags("Waves");
        var read = waves.MapGroup("").RequireAuthorization(Access.For("evaluation.read", Roles.Evaluator, Roles.ProgrammeOffice));
        read.MapGet("/", ReadWaves.List);
        read.MapGet("/{code}", ReadWaves.One);
        read.MapGet("/{code}/analysis-plans", SaveAnalysisPlan.List);
        read.MapGet("/{code}/snapshot", FreezeWave.Read);

        var write = waves.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Evaluator));
        write.MapPost("/", PlanWave.New);
        write.MapPut("/{code}", PlanWave.Again);
        write.MapPost("/{code}/withdraw", WithdrawWave.Handle);
        write.MapPost("/{code}/open", ChangeWave.Open);
        write.MapPost("/{code}/close", ChangeWave.Close);
        write.MapPost("/{code}/analysis-plans", SaveAnalysisPlan.Handle);
        write.MapPost("/{code}/freeze", FreezeWave.Handle);
    }

    public static async Task<Wave> CodedAsync(this IQueryable<Wave> waves, string code, CancellationToken cancel) =>
        await waves.SingleOrDefaultAsync(w => w.Code == code, cancel) ?? throw new NotThere("wave_unknown", $"There is no wave {code}.");

    /// <summary>Holds the wave until the transaction ends: its state is what it is for as long as the caller decides by it.</summary>
    public static Task<Wave> LockWaveAsync(this EvaluationDb db, string code, CancellationToken cancel) =>
        db.Waves.FromSql($"select *, xmin from waves where code = {code} for update").CodedAsync(code, cancel);

    /// <summary>Holds off whoever would change the wave or take something out of it; others may read it at the same time.</summary>
    public static Task<Wave> ReadLockWaveAsync(this EvaluationDb db, string code, CancellationToken cancel) =>
        db.Waves.FromSql($"select *, xmin from waves where code = {code} for share").AsNoTracking().CodedAsync(code, cancel);
}
