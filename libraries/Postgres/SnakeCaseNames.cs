using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace BetterConnections.Postgres;

/// <summary>Tables, columns, keys and indexes in snake_case, so that SQL written by hand needs no quotes.</summary>
public static partial class SnakeCaseNames
{
    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex WordBreak();

    public static string Of(string name) => WordBreak().Replace(name, "_").ToLowerInvariant();

    /// <summary>Called last in <c>OnModelCreating</c>. A name given in a mapping (an index name that is an error code) is kept.</summary>
    public static void UseSnakeCaseNames(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            if (entity.GetTableName() is not { } table) continue;
            entity.SetTableName(table = Of(table));
            var store = StoreObjectIdentifier.Table(table, entity.GetSchema());

            foreach (var property in entity.GetProperties())
                if (property.GetColumnName(store) is { } column && !IsRowVersion(property) && property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                    property.SetColumnName(Of(column));

            foreach (var key in entity.GetKeys().Where(k => k.FindAnnotation(RelationalAnnotationNames.Name) is null))
                key.SetName(key.IsPrimaryKey() ? $"pk_{table}" : $"ak_{table}_{Columns(key.Properties)}");
            foreach (var foreign in entity.GetForeignKeys().Where(f => f.FindAnnotation(RelationalAnnotationNames.Name) is null))
                foreign.SetConstraintName($"fk_{table}_{Columns(foreign.Properties)}");
            foreach (var index in entity.GetIndexes().Where(i => i.FindAnnotation(RelationalAnnotationNames.Name) is null && i.Name is null))
                index.SetDatabaseName($"ix_{table}_{Columns(index.Properties)}");
        }
    }

    /// <summary>Npgsql maps these to the system column xmin.</summary>
    private static bool IsRowVersion(IReadOnlyProperty property) =>
        property is { IsConcurrencyToken: true, ValueGenerated: ValueGenerated.OnAddOrUpdate } && property.ClrType == typeof(uint);

    private static string Columns(IEnumerable<IReadOnlyProperty> properties) => string.Join('_', properties.Select(p => Of(p.Name)));
}
