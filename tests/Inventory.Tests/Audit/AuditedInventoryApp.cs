using BetterConnections.Postgres.Audit;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BetterConnections.Inventory.Tests.Audit;

/// <summary>An Inventory that seals when the test says so.</summary>
public sealed class AuditedInventoryApp : InventoryApp
{
    private bool _tampered;

    protected override bool KeepsItsAuditTrail => !_tampered;

    protected override void Change(IServiceCollection services) =>
        services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(AuditSealer)));

    public Task<int> SealAsync() => Services.GetRequiredService<AuditSealer>().SealAsync(CancellationToken.None);

    public Task<List<AuditEntry>> EntriesOfAsync(string subject) =>
        InDbAsync(db => db.Set<AuditEntry>().Where(e => e.Subject == subject).OrderBy(e => e.Id).ToListAsync());

    /// <summary>As the owner of the tables can: with the triggers off.</summary>
    public Task TamperAsync(string sql) => InDbAsync(async db =>
    {
        _tampered = true;
        await db.Database.ExecuteSqlRawAsync("alter table audit_entries disable trigger all; alter table audit_seals disable trigger all");
        await db.Database.ExecuteSqlRawAsync(sql);
        await db.Database.ExecuteSqlRawAsync("alter table audit_entries enable trigger all; alter table audit_seals enable trigger all");
    });
}
