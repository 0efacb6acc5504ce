namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>
/// Sees whether any row of any service was added, changed or deleted: every committed write leaves a row version with a later
/// transaction id than all before (<c>xmin</c>), or fewer rows. The audit trail is left out: that something was refused is what it notes.
/// </summary>
public sealed class Watch
{
    private static readonly string[] Services = ["identity", "inventory", "enrollment", "volunteer", "training", "evaluation"];
    private readonly Books _books;
    private readonly Dictionary<string, string> _sql = [];

    private Watch(Books books) => _books = books;

    public static async Task<Watch> OverAsync(Books books)
    {
        var watch = new Watch(books);
        foreach (var service in Services)
        {
            var tables = await books.ColumnAsync<string>(service, "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'audit%' order by 1");
            watch._sql[service] = string.Join(" union all ", tables.Select(t => $"select '{service}.{t} ' || count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) from \"{t}\""));
        }
        return watch;
    }

    /// <summary>One line for each table.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync()
    {
        var read = await Task.WhenAll(_sql.Select(s => _books.ColumnAsync<string>(s.Key, s.Value)));
        return [.. read.SelectMany(lines => lines)];
    }

    /// <summary>Tables that differ.</summary>
    public static IReadOnlyList<string> Changes(IReadOnlyList<string> before, IReadOnlyList<string> after) => [.. after.Except(before).Select(line => line.Split(' ')[0])];
}
