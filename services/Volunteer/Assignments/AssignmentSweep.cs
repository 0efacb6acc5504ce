using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Assignments;

/// <summary>
/// Writes down what the clock has decided: offers nobody answered, assignments whose last shift is over, openings whose time is over.
/// No rule waits for it, for each compares with the clock itself.
/// </summary>
public sealed class AssignmentSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AssignmentSweep> log) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Pause);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await SweepDueAsync(stopping);
                await timer.WaitForNextTickAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Assignments could not be swept; trying again");
                await Task.Delay(TimeSpan.FromSeconds(5), stopping);
            }
        }
    }

    public async Task SweepDueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VolunteerDb>();
        var now = clock.GetUtcNow();
        await db.Assignments.Where(a => (a.State == AssignmentState.Requested || a.State == AssignmentState.Offered) && a.AnswerBy <= now)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AssignmentState.Expired).SetProperty(x => x.StateSince, now)
                .SetProperty(x => x.StateBy, nameof(AssignmentSweep)).SetProperty(x => x.Sequence, x => x.Sequence + 1), cancel);
        await db.Openings.Where(o => (o.State == OpeningState.Open || o.State == OpeningState.Filled) && o.Ends <= now)
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.State, OpeningState.Closed).SetProperty(x => x.StateSince, now).SetProperty(x => x.Why, "Its time is over."), cancel);
        while (await FinishAsync(now, cancel) == Batch) { }
    }

    /// <summary>One batch of those whose last shift is over.</summary>
    private async Task<int> FinishAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VolunteerDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var over = await db.Assignments.FromSql(
            $"select *, xmin from assignments where state = 'Accepted' and ends <= {now} order by ends limit {Batch} for update skip locked")
            .Include(a => a.Shifts).ToListAsync(cancel);
        foreach (var assignment in over)
        {
            assignment.Finish(new Act(nameof(AssignmentSweep), now));
            await db.PublishEndedAsync(assignment, now, cancel);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return over.Count;
    }
}
