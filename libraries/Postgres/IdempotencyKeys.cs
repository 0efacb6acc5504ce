using System.Security.Cryptography;
using System.Text;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BetterConnections.Postgres;

/// <summary>The stored answer to a finished POST, kept 48 hours.</summary>
public sealed class IdempotencyKey
{
    public required string Caller { get; init; }
    public required string Key { get; init; }
    public required byte[] Fingerprint { get; init; }
    public required int Status { get; init; }
    public string? ContentType { get; init; }
    public string? Location { get; init; }
    public string? ETag { get; init; }
    public required byte[] Body { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>On an endpoint that does nothing the second time and whose answer must not stay behind: an <c>Idempotency-Key</c> is not noted.</summary>
public sealed class AnswerNotKept;

/// <summary>
/// <c>Idempotency-Key</c> on every POST (draft-ietf-httpapi-idempotency-key-header-06): the work, its events and the answer
/// commit together; a repeated request gets the stored answer. Same key, other request: 422. Still running: 409.
/// Only successes are kept, since a refusal has changed nothing. Files are left out: an upload is recognised by its content.
/// </summary>
public static class IdempotencyKeys
{
    private const int LargestBody = 1024 * 1024;

    /// <summary>The status of a stored row whose answer held a secret; no kept answer has it.</summary>
    private const int NotKept = StatusCodes.Status409Conflict;

    public static IApplicationBuilder UseIdempotencyKeys(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method) || http.User.FindFirst("sub") is not { Value: var caller }
            || !(http.Request.HasJsonContentType() || http.Request.ContentType is null)
            || http.GetEndpoint()?.Metadata.GetMetadata<AnswerNotKept>() is not null)
        {
            await next(http);
            return;
        }
        if (key.Length > 200) throw new BadInput("idempotency_key_too_long", "An Idempotency-Key has at most 200 characters.");
        await Once(http, next, caller, key);
    });

    private static async Task Once(HttpContext http, RequestDelegate next, string caller, string key)
    {
        var cancel = http.RequestAborted;
        var db = http.RequestServices.GetRequiredService<DbContext>();
        var fingerprint = await Fingerprint(http.Request, cancel);

        db.Database.AutoSavepointsEnabled = false; // two round trips around every save; a save that fails ends all the work
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var free = await db.Database.SqlQuery<bool>(
            $"select pg_try_advisory_xact_lock(hashtextextended({caller + "\n" + key}, 0)) as \"Value\"").SingleAsync(cancel);
        if (!free) throw new RuleBroken("idempotency_key_in_flight", "The first request with this Idempotency-Key is still running.");

        if (await db.Set<IdempotencyKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Caller == caller && k.Key == key, cancel) is { } stored)
        {
            if (!stored.Fingerprint.AsSpan().SequenceEqual(fingerprint))
                throw new Refused(422, "idempotency_key_reused", "This Idempotency-Key was used for a different request.");
            if (stored.Status == NotKept) throw new RuleBroken("answer_not_kept",
                "The first request with this Idempotency-Key was carried out. Its answer held a secret and was not kept: take back what it made, and make another.");
            await Replay(http.Response, stored, cancel);
            return;
        }

        var answer = await Run(http, next);
        if (http.Response.StatusCode is >= 200 and < 300)
        {
            // An answer that no cache may keep holds a secret, and this table would keep it for two days.
            var mayKeep = !http.Response.Headers.CacheControl.ToString().Contains("no-store");
            db.Add(new IdempotencyKey
            {
                Caller = caller,
                Key = key,
                Fingerprint = fingerprint,
                Status = mayKeep ? http.Response.StatusCode : NotKept,
                ContentType = http.Response.ContentType,
                Location = http.Response.Headers.Location,
                ETag = http.Response.Headers.ETag,
                Body = mayKeep ? answer : [],
                CreatedAt = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
            });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        await Write(answer, http.Response, cancel);
    }

    /// <summary>Not even nothing may be written to an answer without content (204): the web server breaks the connection off.</summary>
    private static ValueTask Write(byte[] body, HttpResponse response, CancellationToken cancel) =>
        body.Length > 0 ? response.Body.WriteAsync(body, cancel) : ValueTask.CompletedTask;

    /// <summary>Holds the answer back until the transaction has committed: nothing is acknowledged that could still be lost.</summary>
    private static async Task<byte[]> Run(HttpContext http, RequestDelegate next)
    {
        var wire = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = wire;
        }
        return held.ToArray();
    }

    private static async Task Replay(HttpResponse response, IdempotencyKey stored, CancellationToken cancel)
    {
        response.StatusCode = stored.Status;
        response.ContentType = stored.ContentType;
        if (stored.Location is not null) response.Headers.Location = stored.Location;
        if (stored.ETag is not null) response.Headers.ETag = stored.ETag;
        response.Headers["Idempotent-Replayed"] = "true";
        await Write(stored.Body, response, cancel);
    }

    private static async Task<byte[]> Fingerprint(HttpRequest request, CancellationToken cancel)
    {
        request.EnableBuffering(LargestBody);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            if (request.Body.Position > LargestBody)
                throw new Refused(413, "request_too_large", "A request with an Idempotency-Key has at most 1 MiB.");
        }
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}

/// <summary>Forgets idempotency keys after 48 hours, far longer than any client retries.</summary>
internal sealed class IdempotencyKeyCleaner(NpgsqlDataSource database, ILogger<IdempotencyKeyCleaner> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await using var command = database.CreateCommand("delete from idempotency_keys where created_at < now() - interval '48 hours'");
                await command.ExecuteNonQueryAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning(e, "Old idempotency keys were not deleted; the next hour tries again");
            }
        }
    }
}
