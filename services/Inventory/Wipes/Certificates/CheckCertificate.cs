using System.Text.Json;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Wipes;

/// <param name="Certificate">What the hash is of; it names no person.</param>
public sealed record IssuedCertificate(string Hash, DateTimeOffset IssuedAt, JsonElement Certificate);

public static class CheckCertificate
{
    /// <summary>For anyone who holds a certificate: whether the programme issued exactly this one. Take the SHA-256 of its JSON as received.</summary>
    public static async Task<IssuedCertificate> Handle(string hash, InventoryDb db, CancellationToken cancel)
    {
        var wanted = hash.Trim().ToLowerInvariant();
        var found = await db.WipeCertificates.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == wanted, cancel)
            ?? throw new NotThere("certificate_unknown", "No certificate with this hash was issued. If one was handed to you, it was altered or is not the programme's.");
        return new(found.Hash, found.IssuedAt, JsonSerializer.Deserialize<JsonElement>(found.Content));
    }
}
