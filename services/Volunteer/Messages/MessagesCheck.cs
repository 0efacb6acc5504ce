using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BetterConnections.Volunteers.Messages;

/// <summary>Degraded when messages were given up: the service works, but somebody has to look.</summary>
internal sealed class MessagesCheck(VolunteerDb db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel)
    {
        var failed = await db.Messages.CountAsync(m => m.State == MessageState.Failed, cancel);
        return failed == 0 ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("Messages to volunteers were given up and can be tried again.", data: new Dictionary<string, object> { ["failed"] = failed });
    }
}
