using System.Security.Cryptography;
using BetterConnections.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace BetterConnections.Evaluation.Submissions;

public enum StoreOutcome { Stored, KnownAlready }

/// <summary>
/// Stores submissions once, however often they are sent. Plain SQL, for this is where a day's interviews of a whole country arrive:
/// a submission without files is one statement, which looks whether it may and is known, writes it, and tells what it found.
/// </summary>
public sealed class SubmissionStore(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Insert = """
        with form as (
            select id, instrument_code, state,
                coalesce($9 < published_at - interval '1 day', false) or coalesce($10 > $11 + interval '1 day', false) or coalesce($10 < $9, false) as clock_off
            from instrument_versions where form_id = $1 and form_version = $2
        ), known as (
            select id, sha256, deleted_at is not null as deleted from submissions where form_id = $1 and instance_id = $3
        ), place as (
            select (select id from facilities where code = $8) as id
        ), added as (
            insert into submissions (form_id, form_version, instance_id, version_id, instrument, collector_id, sent_by, device_id, respondent, facility_id, wave_id,
                started_at, ended_at, received_at, clock_off, late, complete, review_state, media_type, sha256, body, answers)
            select $1, $2, $3, form.id, instrument_code, $4, $5, $6, $7, place.id, wave_id, $9, $10, $11, clock_off, coalesce($11 >= closes, false),
                $12, 'Received', $13, $14, $15, $16
            from form cross join place
            left join lateral wave_for(place.id, instrument_code, case when clock_off then $11 else coalesce($10, $11) end) on true
            where state = 'Published' and not exists (select 1 from known)
            on conflict (form_id, instance_id) do nothing
            returning id
        )
        select (select id from added), (select state from form), known.id, known.sha256, known.deleted from (select 1) one left join known on true
        """;

    /// <exception cref="Refusal">
    /// 404 form_unknown, form_version_unknown, edited_submission_unknown; 409 form_closed, submission_differs, submission_deleted, edited_submission_superseded.
    /// </exception>
    public async Task<StoreOutcome> StoreAsync(ReceivedSubmission submission, IReadOnlyList<UploadedFile> files, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        if (submission.Deprecates is null && files.Count == 0) return (await InsertAsync(connection, submission, cancel)).Outcome;

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var (outcome, id) = await InsertAsync(connection, submission, cancel);
        if (outcome == StoreOutcome.Stored && submission.Deprecates is { } edited) await SupersedeAsync(connection, submission, edited, id, cancel);
        foreach (var file in files) await AttachAsync(connection, id, file, cancel);
        await transaction.CommitAsync(cancel);
        return outcome;
    }

    private async Task<(StoreOutcome Outcome, long Id)> InsertAsync(NpgsqlConnection connection, ReceivedSubmission s, CancellationToken cancel)
    {
        var sha256 = SHA256.HashData(s.Body);
        await using var insert = new NpgsqlCommand(Insert, connection);
        Add(insert, NpgsqlDbType.Text, s.FormId, s.FormVersion, s.InstanceId);
        Add(insert, NpgsqlDbType.Uuid, s.CollectorId);
        Add(insert, NpgsqlDbType.Text, s.SentBy, s.DeviceId, s.Respondent, s.Facility);
        Add(insert, NpgsqlDbType.TimestampTz, s.StartedAt, s.EndedAt, clock.GetUtcNow());
        Add(insert, NpgsqlDbType.Boolean, s.IsComplete);
        Add(insert, NpgsqlDbType.Text, s.MediaType);
        Add(insert, NpgsqlDbType.Bytea, sha256, s.Body);
        Add(insert, NpgsqlDbType.Jsonb, s.Answers);
        await insert.PrepareAsync(cancel);
        // Once more only when another request with the same id committed between the look and the insert.
        while (true)
        {
            await using var found = await insert.ExecuteReaderAsync(cancel);
            await found.ReadAsync(cancel);
            if (!found.IsDBNull(0)) return (StoreOutcome.Stored, found.GetInt64(0));
            if (!found.IsDBNull(2))
            {
                if (found.GetBoolean(4)) throw new RuleBroken("submission_deleted", "This form was deleted on the server and cannot be sent again.");
                if (!found.GetFieldValue<byte[]>(3).AsSpan().SequenceEqual(sha256))
                    throw new RuleBroken("submission_differs", "A submission already exists with this ID, but with different XML. Nothing was changed.");
                var id = found.GetInt64(2);
                await found.CloseAsync();
                if (s.IsComplete) await CompleteAsync(connection, id, cancel);
                return (StoreOutcome.KnownAlready, id);
            }
            var state = found.IsDBNull(1) ? null : found.GetString(1);
            await found.CloseAsync();
            if (state is null) throw await UnknownAsync(connection, s, cancel);
            if (state != "Published") throw new RuleBroken("form_closed", "This form is closed and takes no more answers.");
        }
    }

    private static async Task<NotThere> UnknownAsync(NpgsqlConnection connection, ReceivedSubmission s, CancellationToken cancel)
    {
        await using var forms = new NpgsqlCommand("select exists (select from instruments where form_id = $1)", connection) { Parameters = { new() { Value = s.FormId } } };
        return (bool)(await forms.ExecuteScalarAsync(cancel))!
            ? new("form_version_unknown", "This version of the form is not known here. Update the forms on the phone.")
            : new("form_unknown", "There is no such form.");
    }

    /// <summary>The last request of a split submission.</summary>
    private static async Task CompleteAsync(NpgsqlConnection connection, long id, CancellationToken cancel)
    {
        await using var complete = new NpgsqlCommand("update submissions set complete = true where id = $1 and not complete", connection) { Parameters = { new() { Value = id } } };
        await complete.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// Two edits of one version at once: the row lock lets one after the other see that it is superseded. A collector edits what it sent
    /// itself and what is of its facilities, a partner system what it sent; the rest is not there for them.
    /// </summary>
    private static async Task SupersedeAsync(NpgsqlConnection connection, ReceivedSubmission s, string edited, long id, CancellationToken cancel)
    {
        await using var find = new NpgsqlCommand("""
            select id, coalesce(original_id, id), superseded_by is not null, deleted_at is not null, wave_id from submissions s
            where form_id = $1 and instance_id = $2 and (collector_id is not distinct from $3 and ($3 is not null or sent_by = $4)
                or exists (select from collectors c join facilities f on f.code = any(c.facilities) where c.id = $3 and f.id = s.facility_id))
            for update of s
            """, connection)
        { Parameters = { new() { Value = s.FormId }, new() { Value = edited } } };
        Add(find, NpgsqlDbType.Uuid, s.CollectorId);
        Add(find, NpgsqlDbType.Text, s.SentBy);
        long old, original;
        object wave;
        await using (var found = await find.ExecuteReaderAsync(cancel))
        {
            if (!await found.ReadAsync(cancel)) throw new NotThere("edited_submission_unknown", "The submission that this one edits is not known here.");
            if (found.GetBoolean(3)) throw new RuleBroken("submission_deleted", "This form was deleted on the server and cannot be sent again.");
            if (found.GetBoolean(2)) throw new RuleBroken("edited_submission_superseded", "The submission was edited before. Open its latest version and edit that.");
            (old, original, wave) = (found.GetInt64(0), found.GetInt64(1), found.GetValue(4));
        }
        if (old == id) throw new BadInput("instance_id_not_valid", "A submission cannot be an edit of itself.");
        // An interview corrected after its wave still belongs to it.
        await using var supersede = new NpgsqlCommand("""
            update submissions set superseded_by = case id when $1 then $2 end, original_id = case id when $2 then $3 else original_id end, wave_id = coalesce($4, wave_id)
            where id in ($1, $2)
            """, connection)
        { Parameters = { new() { Value = old }, new() { Value = id }, new() { Value = original }, new() { Value = wave, NpgsqlDbType = NpgsqlDbType.Uuid } } };
        await supersede.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A file that comes again replaces itself.</summary>
    private static async Task AttachAsync(NpgsqlConnection connection, long id, UploadedFile file, CancellationToken cancel)
    {
        await using var attach = new NpgsqlCommand("""
            insert into submission_attachments (submission_id, name, content_type, size, sha256, content) values ($1, $2, $3, $4, $5, $6)
            on conflict (submission_id, name) do update set content_type = excluded.content_type, size = excluded.size, sha256 = excluded.sha256, content = excluded.content
            """, connection)
        { Parameters = { new() { Value = id }, new() { Value = file.Name }, new() { Value = file.ContentType }, new() { Value = file.Size }, new() { Value = file.Sha256 } } };
        attach.Parameters.Add(new() { Value = file.Open(), NpgsqlDbType = NpgsqlDbType.Bytea });
        await attach.ExecuteNonQueryAsync(cancel);
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values) command.Parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }
}
