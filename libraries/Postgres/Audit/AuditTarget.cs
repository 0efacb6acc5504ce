using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Postgres.Audit;

/// <summary>What the route of a request does not say of what it was about: the ids of what it makes, and what is worth knowing before and after.</summary>
public static class AuditTarget
{
    private const string Told = "BetterConnections:IsAudited";

    /// <summary>The audit trail tells its value when the row is made, and both values when it changes. Never for what is personal: entries are kept for good.</summary>
    public static PropertyBuilder<T> IsAudited<T>(this PropertyBuilder<T> property) => property.HasAnnotation(Told, true);

    /// <summary><c>device=0199…, barcode=BC-000123-C</c>; <c>roles=donor → donor employer</c>.</summary>
    /// <param name="db">About to save.</param>
    /// <param name="makes">Whether the request is there to make something. What others add, histories and the like, belongs to what their route names.</param>
    internal static IEnumerable<string> Of(DbContext db, bool makes)
    {
        var own = db.ChangeTracker.Entries().Where(e => e.Metadata.ClrType.Assembly == db.GetType().Assembly).ToList(); // no events, no keys of requests
        var made = makes ? own.Where(e => e.State == EntityState.Added).ToList() : [];
        var kinds = made.Select(e => e.Metadata).ToHashSet();
        return made.Where(e => !IsPartOf(e, kinds)).SelectMany(Made).Concat(own.Where(e => e.State == EntityState.Modified).SelectMany(Changed));
    }

    /// <summary>What is made together with the thing that it belongs to is not told of by itself.</summary>
    private static bool IsPartOf(EntityEntry entry, HashSet<IEntityType> kinds) =>
        entry.Metadata.GetForeignKeys().Any(f => f.PrincipalEntityType != entry.Metadata && kinds.Contains(f.PrincipalEntityType));

    private static IEnumerable<string> Made(EntityEntry entry)
    {
        var key = entry.Metadata.FindPrimaryKey()!.Properties.Select(entry.Property).ToList();
        if (key.Any(p => p.IsTemporary)) return []; // the database gives it: a line of a history
        return ToldOf(entry).Where(p => p.CurrentValue is not null).Select(p => $"{Name(p.Metadata.Name)}={Text(p.CurrentValue)}")
            .Prepend($"{Name(entry.Metadata.ClrType.Name)}={string.Join('/', key.Select(p => Text(p.CurrentValue)))}");
    }

    private static IEnumerable<string> Changed(EntityEntry entry) => ToldOf(entry).Where(p => p.IsModified)
        .Select(p => (p.Metadata.Name, Before: Text(p.OriginalValue), After: Text(p.CurrentValue))).Where(p => p.Before != p.After)
        .Select(p => $"{Name(p.Name)}={p.Before} → {p.After}");

    private static IEnumerable<PropertyEntry> ToldOf(EntityEntry entry) => entry.Metadata.GetProperties().Where(p => p.FindAnnotation(Told) is not null).Select(entry.Property);

    private static string Name(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        IEnumerable<string> words => string.Join(' ', words),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
