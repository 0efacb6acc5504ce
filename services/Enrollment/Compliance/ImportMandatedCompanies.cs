using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace BetterConnections.Enrollment.Compliance;

/// <param name="Rows">Rows below the heading, good and bad.</param>
/// <param name="Added">Companies that were not on the list.</param>
/// <param name="Renamed">Companies whose name is another now.</param>
/// <param name="Refused">Rows with an error; the others are imported.</param>
/// <param name="Errors">The first 1,000 of them.</param>
public sealed record MandatedImport(int Rows, int Added, int Renamed, int Refused, IReadOnlyList<MandatedError> Errors);

public sealed record MandatedError(int Line, string Code, string Sentence);

public static class ImportMandatedCompanies
{
    private const int MostErrors = 1000;

    /// <summary>The body is the CSV file; it streams into the database. The list only grows: importing twice, or a part of it, takes nothing away.</summary>
    public static Task<MandatedImport> Handle(EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, HttpRequest request, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
            await db.Database.ExecuteSqlAsync($"create temporary table mandated_import (registration_number text, name text) on commit drop", cancel);
            var (rows, errors, refused) = (0, new List<MandatedError>(), 0);
            await using (var copy = await ((NpgsqlConnection)db.Database.GetDbConnection())
                .BeginBinaryImportAsync("copy mandated_import (registration_number, name) from stdin (format binary)", cancel))
            {
                await foreach (var row in MandatedList.ReadAsync(request.Body, cancel))
                {
                    rows++;
                    if (row.Code is not null)
                    {
                        if (++refused <= MostErrors) errors.Add(new(row.Line, row.Code, row.Sentence!));
                        continue;
                    }
                    await copy.StartRowAsync(cancel);
                    await copy.WriteAsync(row.RegistrationNumber, NpgsqlDbType.Text, cancel);
                    await copy.WriteAsync(row.Name, NpgsqlDbType.Text, cancel);
                }
                await copy.CompleteAsync(cancel);
            }
            // A row this statement inserted has no xmax; one it renamed does.
            var merged = await db.Database.SqlQuery<bool>($"""
                insert into mandated_companies (registration_number, name, imported_at, imported_by)
                select registration_number, name, {clock.GetUtcNow()}, {user.Subject()} from mandated_import order by registration_number
                on conflict (registration_number) do update set name = excluded.name where mandated_companies.name <> excluded.name
                returning xmax = 0 as "Value"
                """).ToListAsync(cancel);
            return new MandatedImport(rows, merged.Count(added => added), merged.Count(added => !added), refused, errors);
        }, cancel);
}
