using System.Reflection;
using System.Text.RegularExpressions;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace BetterConnections.Testing;

/// <summary>Migrations are written by hand, so a test in each suite compares what they build with what the model says.</summary>
public static partial class Schema
{
    /// <summary>Columns that lost their default with the migration that added them, before that was forbidden; they are as they are in databases.</summary>
    private static readonly string[] WithoutDefaultSinceAdded =
    [
        "Enrollment 0030_helpers_by_assignment id",
        "Evaluation 0150_public changed_at",
        "Evaluation 0160_whom_and_what format", "Evaluation 0160_whom_and_what not_drawn", "Evaluation 0160_whom_and_what unknown_cards",
        "Inventory 0020_wipes wipe", "Inventory 0020_wipes wipe_waived",
    ];

    private const string Description = """
        select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
                || case a.attidentity when '' then '' else ' identity' end || coalesce(' = ' || nullif(pg_get_expr(d.adbin, d.adrelid), ''), '')
            from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relname <> 'schema_migrations'
        union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'public'::regnamespace and conrelid <> 0 and conrelid::regclass::text <> 'schema_migrations'
        union all select 'index ' || indexdef from pg_indexes where schemaname = 'public' and tablename <> 'schema_migrations'
        union all select 'sequence ' || sequencename from pg_sequences where schemaname = 'public'
        """;

    /// <summary>Fails with every difference: "-" is only in the model, "+" only in the migrations, followed by the script the model would give.</summary>
    /// <param name="alsoInMigrations">Beginnings of lines that the model cannot express (tables without an entity, exclusion constraints).</param>
    public static async Task AssertMigrationsBuildAsync<TDb>(Func<DbContextOptions<TDb>, TDb> create, params string[] alsoInMigrations) where TDb : DbContext
    {
        await using var migrated = await TestDatabase.CreateAsync(typeof(TDb).Assembly);
        await using var modelled = await TestDatabase.EmptyAsync();
        string script;
        await using (var db = create(new DbContextOptionsBuilder<TDb>().UseNpgsql(modelled.ConnectionString).Options))
        {
            script = db.Database.GenerateCreateScript();
            await db.Database.ExecuteSqlRawAsync(script.Replace("{", "{{").Replace("}", "}}"));
        }
        var (has, wants) = (await DescribeAsync(migrated), await DescribeAsync(modelled));
        var differences = wants.Except(has).Select(l => "- " + l)
            .Concat(has.Except(wants).Where(l => !alsoInMigrations.Any(l.StartsWith)).Select(l => "+ " + l)).Order().ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences) + "\n\nThe model's script:\n" + script);
        AssertReleasesBeforeCanInsert(typeof(TDb).Assembly);
    }

    /// <summary>While a release rolls out the one before inserts without the new columns (decision 3), so a default stays for at least as long.</summary>
    private static void AssertReleasesBeforeCanInsert(Assembly service)
    {
        var name = service.GetName().Name!.Split('.')[^1];
        var withoutDefault = from script in Migrator.Scripts(service)
                             from column in Added().Matches(script.Sql).Select(m => m.Value).Intersect(DefaultDropped().Matches(script.Sql).Select(m => m.Value))
                             select $"{name} {script.Name} {column}";
        Assert.Equal(WithoutDefaultSinceAdded.Where(c => c.StartsWith($"{name} ", StringComparison.Ordinal)), withoutDefault.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(?<=\badd\s+(column\s+)?(if\s+not\s+exists\s+)?)\w+", RegexOptions.IgnoreCase)]
    private static partial Regex Added();

    [GeneratedRegex(@"(?<=\balter\s+(column\s+)?)\w+(?=\s+drop\s+default)", RegexOptions.IgnoreCase)]
    private static partial Regex DefaultDropped();

    private static async Task<HashSet<string>> DescribeAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Description, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new HashSet<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return lines;
    }
}
