using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Postgres.Audit;

public enum AuditOutcome
{
    /// <summary>What the request changed is committed.</summary>
    Done,
    /// <summary>Recorded only where refusals are worth it: sign-ins and what is asked of accounts.</summary>
    Refused,
}

/// <summary>Who did what, and when. Never a request's body, and no personal data: ids and codes only.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary>The account or partner system, or the collector whose address was used; null for a stranger.</summary>
    public string? Subject { get; init; }
    public required string[] Roles { get; init; }
    /// <summary>Method and route: <c>PUT /api/inventory/devices/{barcode}</c>.</summary>
    public required string Action { get; init; }
    /// <summary>The route's values, <c>barcode=BC-000123-C</c>, and what <see cref="AuditTarget"/> adds to them.</summary>
    public required string Target { get; init; }
    public AuditOutcome Outcome { get; init; }
    public string? TraceId { get; init; }
    /// <summary>The seal it is under; null for the last second's entries.</summary>
    public long? Seal { get; init; }

    /// <summary>SHA-256 over every field but the seal, in an order and form that must never change.</summary>
    internal byte[] Hash()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write(Id);
            writer.Write(At.UtcTicks);
            writer.Write(Subject ?? "");
            writer.Write(Roles.Length);
            foreach (var role in Roles) writer.Write(role);
            writer.Write(Action);
            writer.Write(Target);
            writer.Write(Outcome.ToString());
            writer.Write(TraceId ?? "");
        }
        return SHA256.HashData(bytes.ToArray());
    }
}

/// <summary>Closes some entries for good: its hash is over theirs and over the seal before it.</summary>
public sealed class AuditSeal
{
    /// <summary>1, 2, 3, … without gaps.</summary>
    public long Number { get; init; }
    public DateTimeOffset At { get; init; }
    public int Entries { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary>The seal that follows <paramref name="previous"/> (null for the first) over the hashes of <paramref name="entries"/> in order of their ids.</summary>
    internal static AuditSeal After(AuditSeal? previous, DateTimeOffset at, IReadOnlyList<byte[]> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = (previous?.Number ?? 0) + 1;
        hash.AppendData(previous?.Hash ?? new byte[32]);
        hash.AppendData(Encoding.ASCII.GetBytes($"{number} {at.UtcTicks} {entries.Count}\n"));
        foreach (var entry in entries) hash.AppendData(entry);
        return new() { Number = number, At = at, Entries = entries.Count, Hash = hash.GetHashAndReset() };
    }
}

internal static class AuditMapping
{
    public static void UseAuditTrail(this ModelBuilder model)
    {
        model.Entity<AuditEntry>(e =>
        {
            e.ToTable("audit_entries");
            e.Property(a => a.Outcome).HasConversion<string>();
            e.HasIndex(a => new { a.Subject, a.Id });
            e.HasIndex(a => new { a.Seal, a.Id });
            e.HasIndex(a => a.At).HasMethod("brin");
        });
        model.Entity<AuditSeal>(e =>
        {
            e.ToTable("audit_seals");
            e.HasKey(s => s.Number);
            e.Property(s => s.Number).ValueGeneratedNever();
        });
    }
}
