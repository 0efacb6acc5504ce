using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace BetterConnections.Inventory;

/// <summary>Inserts by the thousand with PostgreSQL's COPY, at some ten times the speed of tracked inserts.</summary>
internal static class BulkCopy
{
    /// <summary>
    /// Writes <paramref name="rows"/> in the open transaction. Columns and conversions are those of the model, so that a new property
    /// cannot be forgotten here; what the database generates is left to it. Nothing is tracked.
    /// </summary>
    /// <exception cref="PostgresException">A constraint is broken, and the transaction lost.</exception>
    public static async Task CopyAsync<T>(this DbContext db, IEnumerable<T> rows, CancellationToken cancel) where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var columns = entity.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never).Select(p => new
        {
            Name = p.GetColumnName(table)!,
            Type = p.GetColumnType().Split('(')[0],
            Read = p.GetGetter(),
            Convert = p.GetTypeMapping().Converter?.ConvertToProvider,
        }).ToList();

        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"copy {table.Name} ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) from stdin (format binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            foreach (var column in columns)
            {
                var value = column.Read.GetClrValue(row);
                if (value is not null && column.Convert is not null) value = column.Convert(value);
                if (value is null) await copy.WriteNullAsync(cancel);
                else await copy.WriteAsync(value, column.Type, cancel);
            }
        }
        await copy.CompleteAsync(cancel);
    }
}
