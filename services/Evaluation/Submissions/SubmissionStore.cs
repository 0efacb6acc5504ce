using System.Diagnostics;
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
    /// <summary>
    /// <see cref="Contracts.SubmissionReceived"/> of the rows <c>s</c>, as <see cref="Messaging.Outbox"/> writes it. The relay finds it at its next
    /// look, within seconds: at the end of a wave it then takes a hundred at a time, and woken for each it would take them one by one.
    /// </summary>
    private static string Publish(string at, string trace) => $"""
        insert into outbox_messages (id, type, body, trace_parent, created_at, due_at, attempts)
        select gen_random_uuid(), 'SubmissionReceived', jsonb_build_object('SubmissionId', s.id, 'OriginalId', s.original_id, 'FormId', s.form_id, 'FormVersion', s.form_version,
            'Instrument', s.instrument, 'WaveId', s.wave_id, 'FacilityId', s.facility_id, 'Late', s.late, 'At', {at}), {trace}, now(), now(), 0
        """;

    private static readonly string Insert = $"""
        with form as (
            select id, instrument_code, state,
                $19 or coalesce($9 < published_at - interval '1 day', false) or coalesce($10 > $11 + interval '1 day', false) or coalesce($10 < $9, false) as clock_off
            from instrument_versions where form_id = $1 and form_version = $2
        ), known as (
            select id, sha256, deleted_at is not null as deleted, complete from submissions where form_id = $1 and instance_id = $3
        ), erased as (
            select 1 from workers where pseudonym = $7 and erased_at is not null
        ), place as (
            select (select id from facilities where code = $8) as id
        ), added as (
            insert into submissions (form_id, form_version, instance_id, version_id, instrument, collector_id, sent_by, device_id, respondent, facility_id, wave_id,
                started_at, ended_at, received_at, clock_off, late, complete, review_state, media_type, sha256, body, answers, problems)
            select $1, $2, $3, form.id, instrument_code, $4, $5, $6, $7, place.id, wave_id, $9, $10, $11, clock_off, coalesce($11 >= closes, false),
                $12, 'Received', $13, $14, $15, $16, $18
            from form cross join place
            left join lateral wave_for(place.id, instrument_code, case when clock_off then $11 else coalesce($10, $11) end) on true
            where state = 'Published' and not exists (select 1 from known) and not exists (select 1 from erased)
            on conflict (form_id, instance_id) do nothing
            returning *
        ), published as (
            {Publish(at: "$11", trace: "$17")} from added s where complete
        )
        select (select id from added), (select state from form), known.id, known.sha256, known.deleted, known.complete, exists (select 1 from erased) from (select 1) one left join known on true
        """;

    /// <exception cref="Refusal">
    /// 404 form_unknown, form_version_unknown, edited_submission_unknown; 409 form_closed, submission_differs, submission_deleted,
    /// edited_submission_superseded, edited_submission_incomplete, respondent_erased.
    /// </exception>
    public async Task<StoreOutcome> StoreAsync(ReceivedSubmission submission, IReadOnlyList<UploadedFile> files, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        if (submission.Deprecates is null && files.Count == 0)
        {
            var (done, _, isComplete) = await InsertAsync(connection, submission, cancel);
            if (done == StoreOutcome.Stored || isComplete || !submission.IsComplete) return done;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var (outcome, id, _) = await InsertAsync(connection, submission, cancel);
        if (outcome == StoreOutcome.KnownAlready) await HoldAsync(connection, submission, submission.InstanceId, cancel);
        else if (submission.Deprecates is { } edited) await JoinAsync(connection, submission, edited, id, cancel);
        foreach (var file in files) await AttachAsync(connection, id, file, cancel);
        if (submission.IsComplete) await CompleteAsync(connection, submission, id, cancel);
        await transaction.CommitAsync(cancel);
        return outcome;
    }

    private async Task<(StoreOutcome Outcome, long Id, bool IsComplete)> InsertAsync(NpgsqlConnection connection, ReceivedSubmission s, CancellationToken cancel)
    {
        var sha256 = SHA256.HashData(s.Body);
        await using var insert = new NpgsqlCommand(Insert, connection);
        Add(insert, NpgsqlDbType.Text, s.FormId, s.FormVersion, s.InstanceId);
        Add(insert, NpgsqlDbType.Uuid, s.CollectorId);
        Add(insert, NpgsqlDbType.Text, s.SentBy, s.DeviceId, s.Respondent, s.Facility);
        Add(insert, NpgsqlDbType.TimestampTz, s.StartedAt, s.EndedAt, clock.GetUtcNow());
        Add(insert, NpgsqlDbType.Boolean, s.IsComplete && s.Deprecates is null); // an edit is complete when it has taken its place
        Add(insert, NpgsqlDbType.Text, s.MediaType);
        Add(insert, NpgsqlDbType.Bytea, sha256, s.Body);
        Add(insert, NpgsqlDbType.Jsonb, s.Answers);
        Add(insert, NpgsqlDbType.Text, Activity.Current?.Id);
        Add(insert, NpgsqlDbType.Array | NpgsqlDbType.Text, [s.Problems.Select(p => p.ToString()).ToArray()]);
        Add(insert, NpgsqlDbType.Boolean, s.HasImpossibleTime);
        await insert.PrepareAsync(cancel);
        // Once more only when another request with the same id committed between the look and the insert.
        while (true)
        {
            await using var found = await insert.ExecuteReaderAsync(cancel);
            await found.ReadAsync(cancel);
            if (!found.IsDBNull(0)) return (StoreOutcome.Stored, found.GetInt64(0), s.IsComplete);
            if (!found.IsDBNull(2))
            {
                if (found.GetBoolean(4)) throw Deleted();
                if (!found.GetFieldValue<byte[]>(3).AsSpan().SequenceEqual(sha256))
                    throw new RuleBroken("submission_differs", "A submission already exists with this ID, but with different content. Nothing was changed.");
                return (StoreOutcome.KnownAlready, found.GetInt64(2), found.GetBoolean(5));
            }
            if (found.GetBoolean(6)) throw new RuleBroken("respondent_erased", "All about this worker was erased on request, and this interview is not kept. Delete it from the phone.");
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
            ? new("form_version_unknown", "This version of the form is not known here. Fetch the forms again.")
            : new("form_unknown", "There is no such form.");
    }

    /// <summary>
    /// Holds a submission through all its versions, by the row of the first: of two edits of one version the second finds the first's, and
    /// a deletion either waits until an edit is in and takes it too, or is over before the edit looks.
    /// </summary>
    /// <returns>The first version's id; null where there is none for who sends.</returns>
    /// <remarks>
    /// A collector edits what it sent itself and what is of its facilities, a partner system what it sent; the rest is not there for them.
    /// </remarks>
    private static async Task<long?> HoldAsync(NpgsqlConnection connection, ReceivedSubmission s, string instanceId, CancellationToken cancel)
    {
        await using var hold = new NpgsqlCommand("""
            select id from submissions where id = (
                select coalesce(original_id, id) from submissions s
                where form_id = $1 and instance_id = $2 and (instance_id = $3 or collector_id is not distinct from $4 and ($4 is not null or sent_by = $5)
                    or exists (select from collectors c join facilities f on f.code = any(c.facilities) where c.id = $4 and f.id = s.facility_id)))
            for update
            """, connection);
        Add(hold, NpgsqlDbType.Text, s.FormId, instanceId, s.InstanceId);
        Add(hold, NpgsqlDbType.Uuid, s.CollectorId);
        Add(hold, NpgsqlDbType.Text, s.SentBy);
        return (long?)await hold.ExecuteScalarAsync(cancel);
    }

    /// <summary>Makes a submission a version of what it edits. It takes that one's place when it is complete, and not before.</summary>
    private static async Task JoinAsync(NpgsqlConnection connection, ReceivedSubmission s, string edited, long id, CancellationToken cancel)
    {
        if (edited == s.InstanceId) throw new BadInput("instance_id_not_valid", "A submission cannot be an edit of itself.");
        var original = await HoldAsync(connection, s, edited, cancel) ?? throw new NotThere("edited_submission_unknown", "The submission that this one edits is not known here.");
        // A statement of its own, so that it sees what was done before the row was ours. An interview corrected after its wave still
        // belongs to it, and is late when it comes after the wave has closed there.
        await using var join = new NpgsqlCommand("""
            with edited as (
                select s.*, p.closes from submissions s left join wave_facilities p on p.wave_id = s.wave_id and p.facility_id = s.facility_id
                where s.form_id = $1 and s.instance_id = $2
            ), joined as (
                update submissions s set original_id = $4, wave_id = coalesce(edited.wave_id, s.wave_id), late = coalesce(s.received_at >= edited.closes, s.late)
                from edited where s.id = $3
            )
            select deleted_at is not null, superseded_by is not null, original_id is not null and not complete from edited
            """, connection)
        { Parameters = { new() { Value = s.FormId }, new() { Value = edited }, new() { Value = id }, new() { Value = original } } };
        await using var found = await join.ExecuteReaderAsync(cancel);
        await found.ReadAsync(cancel);
        if (found.GetBoolean(0)) throw Deleted();
        if (found.GetBoolean(1)) throw Superseded();
        if (found.GetBoolean(2)) throw new RuleBroken("edited_submission_incomplete", "Files of the version that this one edits are still to come. Send that one first.");
    }

    /// <summary>With the last request of it: an edit takes the place of what it edits, and the programme is told. Once; what is complete stays as it is.</summary>
    private async Task CompleteAsync(NpgsqlConnection connection, ReceivedSubmission s, long id, CancellationToken cancel)
    {
        await using var complete = new NpgsqlCommand($"""
            with before as (
                select complete from submissions where id = $1
            ), edited as (
                update submissions set superseded_by = $1
                where form_id = $2 and instance_id = $3 and superseded_by is null and deleted_at is null and not (select complete from before)
                returning id
            ), completed as (
                update submissions set complete = true where id = $1 and not complete and deleted_at is null and ($3 is null or exists (select from edited))
                returning *
            ), published as (
                {Publish(at: "$4", trace: "$5")} from completed s
            )
            select (select complete from before) or exists (select from completed)
            """, connection);
        Add(complete, NpgsqlDbType.Bigint, id);
        Add(complete, NpgsqlDbType.Text, s.FormId, s.Deprecates);
        Add(complete, NpgsqlDbType.TimestampTz, clock.GetUtcNow());
        Add(complete, NpgsqlDbType.Text, Activity.Current?.Id);
        if (!(bool)(await complete.ExecuteScalarAsync(cancel))!) throw s.Deprecates is null ? Deleted() : Superseded();
    }

    private static RuleBroken Deleted() => new("submission_deleted", "This form was deleted on the server and cannot be sent again.");

    private static RuleBroken Superseded() => new("edited_submission_superseded", "The submission was edited before. Open its latest version and edit that.");

    /// <summary>A file that comes again replaces itself.</summary>
    private static async Task AttachAsync(NpgsqlConnection connection, long id, UploadedFile file, CancellationToken cancel)
    {
        await using var attach = new NpgsqlCommand("""
            insert into submission_attachments (submission_id, name, content_type, size, sha256, content)
            select id, $2, $3, $4, $5, $6 from submissions where id = $1 and deleted_at is null
            on conflict (submission_id, name) do update set content_type = excluded.content_type, size = excluded.size, sha256 = excluded.sha256, content = excluded.content
            """, connection)
        { Parameters = { new() { Value = id }, new() { Value = file.Name }, new() { Value = file.ContentType }, new() { Value = file.Size }, new() { Value = file.Sha256 } } };
        attach.Parameters.Add(new() { Value = file.Open(), NpgsqlDbType = NpgsqlDbType.Bytea });
        if (await attach.ExecuteNonQueryAsync(cancel) == 0) throw Deleted();
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values) command.Parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }
}
