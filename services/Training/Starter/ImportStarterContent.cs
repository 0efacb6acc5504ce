using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Starter;

public static class ImportStarterContent
{
    private const long LockKey = 0x4243_5354_4152_5431; // "BCSTART1"
    public const string By = "starter-content";

    /// <summary>
    /// Publishes the toolkits that come with the system, each once: one whose code is there already is left alone, whatever the training
    /// partner has made of it. Runs at the start, under a lock, so that replicas may start together.
    /// </summary>
    public static async Task ImportStarterContentAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var added = await RunAsync(scope.ServiceProvider.GetRequiredService<TrainingDb>(), scope.ServiceProvider.GetRequiredService<ProgrammeSettings>(),
            scope.ServiceProvider.GetRequiredService<TimeProvider>());
        if (added > 0) app.Logger.LogInformation("Published {Toolkits} toolkits that come with the system", added);
    }

    /// <returns>How many were added.</returns>
    public static async Task<int> RunAsync(TrainingDb db, ProgrammeSettings programme, TimeProvider clock)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})");
        var known = await db.Toolkits.Select(t => t.Code).ToHashSetAsync();
        var at = clock.GetUtcNow();
        // A programme with other topics or languages brings its own toolkits for them.
        var missing = StarterToolkit.ReadAll().Where(t => !known.Contains(t.Code) && t.SuitsIn(programme)).Select(t => t.ToDraft(programme, By, at)).ToList();
        foreach (var draft in missing)
        {
            if (PublishingLint.Check(draft, []) is { Count: > 0 } findings) throw new InvalidDataException($"{draft.Toolkit.Code}: {findings[0].Where}: {findings[0].Sentence}");
            draft.Publish(By, at);
        }
        db.ToolkitVersions.AddRange(missing);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return missing.Count;
    }
}
