using BetterConnections.Inventory.Devices;
using NpgsqlTypes;

namespace BetterConnections.Bench;

/// <summary>Devices by the hundred thousand, straight into the tables, with their histories and so with the stock.</summary>
internal static class Stock
{
    private const string Columns = """
        id, number, barcode, kind, serial, manufacturer, model, cpu, memory_gb, storage_gb, storage, state, state_since, location_id, received_at, history_length, triaged_at, wipe, wipe_waived
        """;
    public static readonly Guid Store = new("0b5e0000-0000-7000-8000-000000000001");

    /// <summary>Nothing in stock, and one place to put things.</summary>
    public static Task ClearAsync(this Installation system, string database = "inventorydb") => system.ExecuteAsync(database, $"""
        truncate devices, device_events, stock_levels restart identity cascade;
        select setval('device_numbers', 1, false);
        insert into locations (id, code, name, kind) values ('{Store}', 'BENCH', 'Benchmark store', 'Warehouse') on conflict do nothing
        """);

    /// <summary>Adds modems and desktops, one to four, until there are <paramref name="total"/> devices; returns the barcodes of the modems that were added.</summary>
    /// <param name="modems">The state of the modems; the desktops are in stock.</param>
    public static async Task<List<string>> FillAsync(this Installation system, int total, string modems = "InStock", string database = "inventorydb")
    {
        var first = (int)await system.ScalarAsync<long>(database, "select coalesce(max(number), 0) + 1 from devices");
        var barcodes = new List<string>();
        await using var connection = await system.Database(database).OpenConnectionAsync();
        await using (var copy = await connection.BeginBinaryImportAsync($"copy devices ({Columns}) from stdin (format binary)"))
        {
            for (var number = first; number <= total; number++)
            {
                var (isModem, barcode, now) = (number % 5 == 0, Barcode.Of(number, "BC").ToString(), DateTime.UtcNow);
                if (isModem) barcodes.Add(barcode);
                await copy.StartRowAsync();
                await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                await copy.WriteAsync((long)number, NpgsqlDbType.Bigint);
                await copy.WriteAsync(barcode, NpgsqlDbType.Text);
                await copy.WriteAsync(isModem ? "Modem" : "Desktop", NpgsqlDbType.Text);
                foreach (var text in new[] { $"SEED{number}", "Dell", "OptiPlex 3060", "Core i5-8500" }) await copy.WriteAsync(text, NpgsqlDbType.Text);
                await copy.WriteAsync(8, NpgsqlDbType.Integer);
                await copy.WriteAsync(256, NpgsqlDbType.Integer);
                await copy.WriteAsync(isModem ? "None" : "Ssd", NpgsqlDbType.Text);
                await copy.WriteAsync(isModem ? modems : "InStock", NpgsqlDbType.Text);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(Store, NpgsqlDbType.Uuid);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(1, NpgsqlDbType.Integer);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(isModem ? "Missing" : "Purge", NpgsqlDbType.Text);
                await copy.WriteAsync(false, NpgsqlDbType.Boolean);
            }
            await copy.CompleteAsync();
        }
        await system.ExecuteAsync(database, $"""
            insert into device_events (device_id, seq, at, by, why, kind, from_state, to_state, from_location_id, to_location_id)
            select id, 1, received_at, 'bench', 'seeded', kind, null, state, null, location_id from devices where number >= {first};
            select setval('device_numbers', {total});
            """);
        await system.ExecuteAsync(database, "vacuum analyze devices, device_events, stock_levels");
        return barcodes;
    }
}
