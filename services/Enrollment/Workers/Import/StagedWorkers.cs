using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace BetterConnections.Enrollment.Workers.Import;

/// <param name="Code">Null: the programme gives one.</param>
internal sealed record StagedWorker(int Line, string? Code, Guid FacilityId, WorkerFacts Facts);

/// <param name="Joined">New workers, or those that would be.</param>
/// <param name="Numbered">Of them, those without a code of their own.</param>
/// <param name="Known">Already at their facility.</param>
internal sealed record StagedCounts(int Joined, int Numbered, int Known);

/// <summary>A file's good rows in a table that ends with the transaction, where the database compares them as a set.</summary>
internal sealed class StagedWorkers(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    private const int PerEvent = 500;

    public static async Task<StagedWorkers> CreateAsync(EnrollmentDb db, CancellationToken cancel)
    {
        var staged = new StagedWorkers((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        await using var command = staged.Command("""
            create temp table staged_workers (
                line integer not null, id uuid not null, facility_id uuid not null, code text, languages text[] not null,
                training_consent_at timestamptz, evaluation_consent_at timestamptz, contact_consent_at timestamptz,
                name text, nationality text, birth_year integer, gender text, verdict text
            ) on commit drop
            """);
        await command.ExecuteNonQueryAsync(cancel);
        return staged;
    }

    public Task<NpgsqlBinaryImporter> BeginAsync(CancellationToken cancel) => connection.BeginBinaryImportAsync("""
        copy staged_workers (line, id, facility_id, code, languages, training_consent_at, evaluation_consent_at, contact_consent_at, name, nationality, birth_year, gender)
        from stdin (format binary)
        """, cancel);

    public static async Task WriteAsync(NpgsqlBinaryImporter copy, StagedWorker row, DateTimeOffset at, CancellationToken cancel)
    {
        var facts = row.Facts;
        await copy.StartRowAsync(cancel);
        await copy.WriteAsync(row.Line, NpgsqlDbType.Integer, cancel);
        await copy.WriteAsync(Guid.CreateVersion7(at), NpgsqlDbType.Uuid, cancel);
        await copy.WriteAsync(row.FacilityId, NpgsqlDbType.Uuid, cancel);
        await copy.WriteAsync(row.Code, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(facts.Languages.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(facts.TrainingConsentAt, NpgsqlDbType.TimestampTz, cancel);
        await copy.WriteAsync(facts.EvaluationConsentAt, NpgsqlDbType.TimestampTz, cancel);
        await copy.WriteAsync(facts.ContactConsentAt, NpgsqlDbType.TimestampTz, cancel);
        await copy.WriteAsync(facts.Name, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(facts.Nationality, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(facts.BirthYear, NpgsqlDbType.Integer, cancel);
        await copy.WriteAsync(facts.Gender?.ToString(), NpgsqlDbType.Text, cancel);
    }

    /// <summary>Compares codes within the file and with those known; answers what it refuses, by line.</summary>
    public async IAsyncEnumerable<RowError> JudgeAsync(string ownPrefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var judge = Command("""
            update staged_workers s set verdict = j.verdict from (
                select n.line, case
                    when n.nth > 1 then 'worker_code_twice_in_file'
                    when w.facility_id = n.facility_id then 'known'
                    when w.id is not null then 'worker_code_taken'
                    when starts_with(n.code, $1) then 'worker_code_not_issued' end as verdict
                from (select line, facility_id, code, row_number() over (partition by code order by line) as nth from staged_workers where code is not null) n
                left join workers w on w.code = n.code) j
            where j.line = s.line and j.verdict is not null
            """, ownPrefix + "-");
        await judge.ExecuteNonQueryAsync(cancel);

        await using var refused = Command("select line, verdict from staged_workers where verdict <> 'known' order by line");
        await using var reader = await refused.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) yield return new(reader.GetInt32(0), "code", reader.GetString(1));
    }

    /// <summary>The staged workers join, and what they publish goes into the outbox beside them; the relay's poll finds it.</summary>
    public async Task<StagedCounts> JoinAsync(Guid import, string ownPrefix, Act act, CancellationToken cancel)
    {
        // A code that another import took since it was judged is not an error: that worker is known, as it would be a moment later.
        await using var join = Command($"""
            with joined as (
                insert into workers (id, code, facility_id, languages, name, nationality, birth_year, gender,
                    training_consent_at, evaluation_consent_at, contact_consent_at, joined_at, registered_by, import_id)
                select id, coalesce(code, worker_code($1, nextval('worker_numbers'))), facility_id, languages, name, nationality, birth_year, gender,
                    training_consent_at, evaluation_consent_at, contact_consent_at, $2, $3, $4
                from staged_workers where verdict is null order by line
                on conflict (code) do nothing
                returning id, code, facility_id, languages),
            chunks as (
                select facility_id, jsonb_agg(jsonb_build_object('WorkerId', id, 'Code', code, 'Languages', languages)) as workers
                from (select *, (row_number() over (partition by facility_id order by id) - 1) / {PerEvent} as chunk from joined) numbered
                group by facility_id, chunk),
            published as (
                insert into outbox_messages (id, type, body, trace_parent, created_at, due_at, attempts)
                select gen_random_uuid(), 'WorkersJoined', jsonb_build_object('FacilityId', facility_id, 'Workers', workers, 'At', $2), $5, now(), now(), 0 from chunks)
            select count(*)::int from joined
            """, ownPrefix, act.At, act.By, import, (object?)Activity.Current?.Id ?? DBNull.Value);
        var joined = (int)(await join.ExecuteScalarAsync(cancel))!;
        var staged = await CountAsync(cancel);
        return staged with { Joined = joined, Known = staged.Known + staged.Joined - joined };
    }

    public async Task<StagedCounts> CountAsync(CancellationToken cancel)
    {
        await using var count = Command("""
            select count(*) filter (where verdict is null)::int, count(*) filter (where verdict is null and code is null)::int, count(*) filter (where verdict = 'known')::int
            from staged_workers
            """);
        await using var reader = await count.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
    }

    private NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 600 };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter is DBNull ? new() { NpgsqlDbType = NpgsqlDbType.Text, Value = parameter } : new() { Value = parameter });
        return command;
    }
}
